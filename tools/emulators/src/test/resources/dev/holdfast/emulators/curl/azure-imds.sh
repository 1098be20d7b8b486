#!/bin/sh
# The calls of "Azure Instance Metadata Service for virtual machines" and "How to use managed identities to get an access token", as they
# stand there but for the address. Usage: azure-imds.sh URL
at=$1
. "$(dirname "$0")/ask.sh"

ask 200 -H Metadata:true "$at/metadata/instance?api-version=2021-02-01"
says '"location":"westeurope"'
ask 200 -H Metadata:true "$at/metadata/instance/compute/location?api-version=2021-02-01&format=text"
says westeurope
ask 200 -H Metadata:true "$at/metadata/versions"
ask 200 -H Metadata:true "$at/metadata/loadbalancer?api-version=2020-10-01"
ask 200 -H Metadata:true "$at/metadata/scheduledevents?api-version=2020-07-01"
ask 200 -H Metadata:true "$at/metadata/attested/document?api-version=2020-09-01"

ask 400 "$at/metadata/instance?api-version=2021-02-01"
says 'Required metadata header not specified'
ask 400 -H Metadata:true -H 'X-Forwarded-For: 10.0.0.1' "$at/metadata/instance?api-version=2021-02-01"
ask 400 -H Metadata:true "$at/metadata/instance"
says newest-versions
ask 405 -X DELETE -H Metadata:true "$at/metadata/instance?api-version=2021-02-01"

token="$at/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/"
ask 200 -H Metadata:true "$token"
says '"token_type":"Bearer"'
first=$(field access_token)
ask 200 -H Metadata:true "$token"
[ "$(field access_token)" = "$first" ]
ask 200 -H Metadata:true "$token&bypass_cache=true"
[ "$(field access_token)" != "$first" ]
ask 400 -H Metadata:true "$token&client_id=00000000-0000-0000-0000-000000000000"
says 'Identity not found'
