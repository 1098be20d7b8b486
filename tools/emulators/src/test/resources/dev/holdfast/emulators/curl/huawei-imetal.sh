#!/bin/sh
# IAM's "Obtaining a token by password" and the API gateway's signatures (API Gateway developer guide, devg-apisign), with curl and openssl.
# Usage: huawei-imetal.sh URL
at=$1
. "$(dirname "$0")/ask.sh"

key=HPUAEMULATEDACCESSKEY
secret='emulated/secret+key=of-the-permanent-one'
project=0605767a3d5d4762b7b5a1b7ff2d4a11
instances="/v1/$project/instances"

login() {
  printf '{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"agent","password":"%s","domain":{"name":"holdfast"}}}}}}' "$1"
}
ask 201 -X POST "$at/v3/auth/tokens" -H 'Content-Type: application/json' -d "$(login emulated-password)"
token="X-Auth-Token: $(header X-Subject-Token)"
ask 401 -X POST "$at/v3/auth/tokens" -H 'Content-Type: application/json' -d "$(login wrong)"
ask 200 "$at$instances" -H "$token"
says '"instances"'
ask 401 "$at$instances" -H "${token}x"
says APIGW.0301
ask 401 "$at$instances"
says APIGW.0301
ask 404 "$at/v1/$project/nothing" -H "$token"

# sign DATE SECRET: the Authorization header of GET $instances.
sign() {
  host=${at#*//}
  nothing=$(printf '' | openssl dgst -sha256 | sed 's/.* //')
  canonical=$(printf 'GET\n%s/\n\nhost:%s\nx-sdk-date:%s\n\nhost;x-sdk-date\n%s' "$instances" "$host" "$1" "$nothing")
  hash=$(printf '%s' "$canonical" | openssl dgst -sha256 | sed 's/.* //')
  signature=$(printf 'SDK-HMAC-SHA256\n%s\n%s' "$1" "$hash" | openssl dgst -sha256 -hmac "$2" | sed 's/.* //')
  printf 'Authorization: SDK-HMAC-SHA256 Access=%s, SignedHeaders=host;x-sdk-date, Signature=%s' "$key" "$signature"
}
now=$(date -u +%Y%m%dT%H%M%SZ)
ask 200 "$at$instances" -H "X-Sdk-Date: $now" -H "$(sign "$now" "$secret")"
ask 401 "$at$instances" -H "X-Sdk-Date: $now" -H "$(sign "$now" wrong)"
says 'verify aksk signature fail'
ask 401 "$at$instances" -H 'X-Sdk-Date: 20200101T000000Z' -H "$(sign 20200101T000000Z "$secret")"
says 'signature expired'

for again in 1 2 3 4; do
  ask 401 "$at$instances" -H "X-Sdk-Date: $now" -H "$(sign "$now" wrong)"
done
ask 401 "$at$instances" -H "X-Sdk-Date: $now" -H "$(sign "$now" "$secret")"
says 'reach the limit'
