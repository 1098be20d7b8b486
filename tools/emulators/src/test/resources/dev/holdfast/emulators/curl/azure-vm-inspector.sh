#!/bin/sh
# VM Inspector as diagnostic.json (2024-03-01-preview) has it: run, then the result at Location. Usage: azure-vm-inspector.sh URL
at=$1
. "$(dirname "$0")/ask.sh"

base="$at/subscriptions/8d10da13-8125-4ba9-a717-bf7490507b3d/providers/Microsoft.Compute/locations/westeurope"
version='api-version=2024-03-01-preview'
ask 200 -H Metadata:true "$at/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/"
bearer="Authorization: Bearer $(field access_token)"

run() {
  wanted=$1
  ask "$wanted" -X POST -H "$2" -H 'Content-Type: application/json' "$base/diagnostics/diskInspection/run?$version" -d "$3"
}
sas='https://account.blob.core.windows.net/logs/out.zip?sp=rw&sr=b&se=2199-01-01T00:00:00Z&sig=emulated'
inspection='{"resourceId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm", "manifest": "diagnostic", "uploadSasUri": "'$sas'"}'

ask 401 "$base/diagnostics?$version"
says AuthenticationFailed
ask 401 -H "${bearer}x" "$base/diagnostics?$version"
says InvalidAuthenticationToken
ask 200 -H "$bearer" "$base/diagnostics?$version"
run 401 'Authorization: Basic YTpi' "$inspection"
run 400 "$bearer" '{"resourceId": "x", "manifest": "diagnostic", "uploadSasUri": "https://account.blob.core.windows.net/out.txt"}'
says InvalidBlobUploadSASUri

run 202 "$bearer" "$inspection"
[ -n "$(header Retry-After)" ]
location=$(header Location)
ask 202 -H "$bearer" "$location"
ask 202 -H "$bearer" "$location"
ask 200 -H "$bearer" "$location"
says '"resultStatus":"Success"'
ask 404 -H "$bearer" "$base/diagnosticOperations/none?$version"
says DiagnosticOperationNotFound
