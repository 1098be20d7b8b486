#!/bin/sh
# What the gateway says to requests that are not signed, or wrongly; where openssl is there, calls signed by hand as "Request syntax and signature
# method V3" describes it. Usage: alibaba-slb.sh URL
at=$1
. "$(dirname "$0")/ask.sh"

key=LTAI5tEmulatedAccessKey0
zeros=0000000000000000000000000000000000000000000000000000000000000000
nothing=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
names='host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version'
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)

# call STATUS ACTION DATE NONCE KEY SIGNATURE
call() {
  ask "$1" "$at/?RegionId=cn-hangzhou" -H "x-acs-action: $2" -H 'x-acs-version: 2014-05-15' -H "x-acs-date: $3" \
    -H "x-acs-signature-nonce: $4" -H "x-acs-content-sha256: $nothing" \
    -H "Authorization: ACS3-HMAC-SHA256 Credential=$5,SignedHeaders=$names,Signature=$6"
}

ask 400 "$at/?RegionId=cn-hangzhou" -H 'x-acs-action: DescribeRegions' -H 'x-acs-version: 2014-05-15'
says '"Code":"IncompleteSignature"'
says '"HostId":"slb.aliyuncs.com"'
[ "$(header x-acs-request-id)" = "$(field RequestId)" ]
ask 400 "$at/?Action=DescribeRegions&Version=2014-05-15&SignatureMethod=HMAC-SHA1&Signature=x"
ask 400 -X POST "$at/" -H 'Authorization: acs x:y'
call 404 DescribeRegions "$now" 1 LTAInobody $zeros
says InvalidAccessKeyId.NotFound
call 400 DescribeRegions 2021-12-17T06:43:03Z 1 $key $zeros
says InvalidTimeStamp.Expired
call 400 DescribeRegions 20211217T064303Z 1 $key $zeros
says InvalidTimeStamp.Format
call 400 DescribeRegions '' 1 $key $zeros
says InvalidTimeStamp.Format
call 400 DescribeRegions "$now" 1 $key $zeros
says 'SignatureDoesNotMatch'
says 'server string to sign is:ACS3-HMAC-SHA256'
call 400 DescribeRegions "$now" 1 $key no-signature
says IncompleteSignature
ask 400 "$at/" -H "x-acs-security-token: forged" -H "x-acs-date: $now" \
  -H "Authorization: ACS3-HMAC-SHA256 Credential=$key,SignedHeaders=host,Signature=$zeros"
says InvalidSecurityToken.MismatchWithAccessKey
ask 404 "$at/" -H "x-acs-date: $now" -H "Authorization: ACS3-HMAC-SHA256 Credential=STS.none,SignedHeaders=host,Signature=$zeros"

if command -v openssl >/dev/null; then
  sign() {
    canonical=$(printf 'GET\n/\nRegionId=cn-hangzhou\nhost:%s\nx-acs-action:%s\nx-acs-content-sha256:%s\nx-acs-date:%s\nx-acs-signature-nonce:%s\nx-acs-version:2014-05-15\n\n%s\n%s' \
      "${at#http://}" "$1" "$nothing" "$now" "$2" "$names" "$nothing" | openssl dgst -sha256 | sed 's/.* //')
    printf 'ACS3-HMAC-SHA256\n%s' "$canonical" |
      openssl dgst -sha256 -hmac 'emulated/secret+key=of-the-permanent-one' | sed 's/.* //'
  }
  call 200 DescribeRegions "$now" nonce-1 $key "$(sign DescribeRegions nonce-1)"
  says '"RegionId":"cn-hangzhou"'
  call 400 DescribeRegions "$now" nonce-1 $key "$(sign DescribeRegions nonce-1)"
  says SignatureNonceUsed
  call 404 DropEverything "$now" nonce-2 $key "$(sign DropEverything nonce-2)"
  says InvalidAction.NotFound
fi
