#!/bin/sh
# "Request syntax and signature method V3", with curl and openssl. Usage: alibaba-slb.sh URL
at=$1
. "$(dirname "$0")/ask.sh"

key=LTAI5tEmulatedAccessKey0
secret='emulated/secret+key=of-the-permanent-one'
nothing=$(printf '' | openssl dgst -sha256 | sed 's/.* //')

# call STATUS ACTION QUERY DATE NONCE SECRET
call() {
  signed='host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version'
  canonical=$(printf 'GET\n/\n%s\nhost:%s\nx-acs-action:%s\nx-acs-content-sha256:%s\nx-acs-date:%s\nx-acs-signature-nonce:%s\nx-acs-version:2014-05-15\n\n%s\n%s' \
    "$3" "${at#*//}" "$2" "$nothing" "$4" "$5" "$signed" "$nothing")
  hash=$(printf '%s' "$canonical" | openssl dgst -sha256 | sed 's/.* //')
  signature=$(printf 'ACS3-HMAC-SHA256\n%s' "$hash" | openssl dgst -sha256 -hmac "$6" | sed 's/.* //')
  ask "$1" "$at/?$3" -H "x-acs-action: $2" -H 'x-acs-version: 2014-05-15' -H "x-acs-date: $4" -H "x-acs-signature-nonce: $5" \
    -H "x-acs-content-sha256: $nothing" \
    -H "Authorization: ACS3-HMAC-SHA256 Credential=$key,SignedHeaders=$signed,Signature=$signature"
}

now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
call 200 DescribeRegions 'RegionId=cn-hangzhou' "$now" nonce-1 "$secret"
says '"RegionId":"cn-hangzhou"'
call 400 DescribeRegions 'RegionId=cn-hangzhou' "$now" nonce-1 "$secret"
says SignatureNonceUsed
call 400 DescribeRegions 'RegionId=cn-hangzhou' "$now" nonce-2 wrong
says SignatureDoesNotMatch
call 400 DescribeRegions 'RegionId=cn-hangzhou' 2020-01-01T00:00:00Z nonce-3 "$secret"
says InvalidTimeStamp.Expired
call 404 DescribeNothing 'RegionId=cn-hangzhou' "$now" nonce-4 "$secret"
says InvalidAction.NotFound
call 200 CreateLoadBalancer 'ClientToken=once&RegionId=cn-hangzhou' "$now" nonce-5 "$secret"
first=$(field LoadBalancerId)
call 200 CreateLoadBalancer 'ClientToken=once&RegionId=cn-hangzhou' "$now" nonce-6 "$secret"
says "\"LoadBalancerId\":\"$first\""
key=LTAI5tNobody
call 404 DescribeRegions 'RegionId=cn-hangzhou' "$now" nonce-7 "$secret"
says InvalidAccessKeyId.NotFound
ask 400 "$at/?RegionId=cn-hangzhou" -H 'x-acs-action: DescribeRegions' -H 'x-acs-version: 2014-05-15'
says IncompleteSignature
