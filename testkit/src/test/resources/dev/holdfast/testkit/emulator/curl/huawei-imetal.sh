#!/bin/sh
# A login at IAM ("Obtaining a user token") and calls with what it gives; where openssl is there, calls signed by hand as the guide to AK/SK
# authentication describes it. Usage: huawei-imetal.sh URL
at=$1
. "$(dirname "$0")/ask.sh"

project=0605767a3d5d4762b7b5a1b7ff2d4a11
login() {
  printf '{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"agent","password":"%s","domain":{"name":"holdfast"}}}}}}' "$1"
}

ask 201 -X POST "$at/v3/auth/tokens" -H 'Content-Type: application/json' -d "$(login emulated-password)"
says '"expires_at":"'
token="X-Auth-Token: $(header X-Subject-Token)"
ask 401 -X POST "$at/v3/auth/tokens" -H 'Content-Type: application/json' -d "$(login wrong)"
says '"title":"Unauthorized"'

ask 200 "$at/v1/$project/instances" -H "$token"
says '"name":"metal-0"'
ask 202 -X POST "$at/v1/$project/instances" -H "$token" -d '{"name":"metal-1"}'
ask 404 "$at/v1/$project/racks" -H "$token"
says APIGW.0101
ask 401 "$at/v1/$project/instances"
says '"error_code":"APIGW.0301"'
ask 401 "$at/v1/$project/instances" -H 'X-Auth-Token: forged'
says 'decrypt token fail'
ask 401 "$at/v1/$project/instances" -H 'Authorization: Basic YTpi'

signed() {
  printf 'Authorization: SDK-HMAC-SHA256 Access=%s, SignedHeaders=host;x-sdk-date, Signature=%s' "$1" "$2"
}
zeros=0000000000000000000000000000000000000000000000000000000000000000
now=$(date -u +%Y%m%dT%H%M%SZ)
ask 401 "$at/v1/$project/instances" -H "X-Sdk-Date: $now" -H "$(signed NOBODY $zeros)"
says 'ak NOBODY not exist'
ask 401 "$at/v1/$project/instances" -H 'X-Sdk-Date: 20211217T064303Z' -H "$(signed HPUAEMULATEDACCESSKEY $zeros)"
says 'signature expired, signature time:20211217T064303Z,server time:'
ask 401 "$at/v1/$project/instances" -H "X-Sdk-Date: $now" -H "$(signed HPUAEMULATEDACCESSKEY $zeros)"
says 'verify aksk signature fail'

if command -v openssl >/dev/null; then
  secret='emulated/secret+key=of-the-permanent-one'
  nothing=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
  canonical=$(printf 'GET\n/v1/%s/instances/\nlimit=1\nhost:%s\nx-sdk-date:%s\n\nhost;x-sdk-date\n%s' \
    "$project" "${at#http://}" "$now" "$nothing" | openssl dgst -sha256 | sed 's/.* //')
  signature=$(printf 'SDK-HMAC-SHA256\n%s\n%s' "$now" "$canonical" | openssl dgst -sha256 -hmac "$secret" | sed 's/.* //')
  ask 200 "$at/v1/$project/instances?limit=1" -H "X-Sdk-Date: $now" -H "$(signed HPUAEMULATEDACCESSKEY "$signature")"
fi
