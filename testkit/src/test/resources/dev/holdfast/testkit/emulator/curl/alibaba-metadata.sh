#!/bin/sh
# The calls of "View instance metadata" and "Obtain a temporary authorization token", as they stand there but for the address. Usage:
# alibaba-metadata.sh URL
at=$1
. "$(dirname "$0")/ask.sh"

ttl='X-aliyun-ecs-metadata-token-ttl-seconds'
ask 200 -X PUT "$at/latest/api/token" -H "$ttl: 21600"
token="X-aliyun-ecs-metadata-token: $body"
ask 200 -X PUT "$at/latest/api/token" -H "$ttl: 1"
ask 400 -X PUT "$at/latest/api/token" -H "$ttl: 21601"
says '<title>400 - Missing or Invalid Parameters</title>'
ask 400 -X PUT "$at/latest/api/token"
ask 403 -X PUT "$at/latest/api/token" -H "$ttl: 60" -H 'X-Forwarded-For: 10.0.0.1'
says '403 - Forbidden'
ask 405 "$at/latest/api/token"

ask 200 "$at/latest/meta-data/" -H "$token"
says instance-id
ask 200 "$at/latest/meta-data/instance-id"
says i-bp13znx0m0me8cquabcd
ask 401 "$at/latest/meta-data/instance-id" -H "${token}x"
says '401 - Unauthorized'
ask 200 "$at/latest/dynamic/instance-identity/document" -H "$token"
says '"region-id":"cn-hangzhou"'
ask 404 "$at/latest/user-data" -H "$token"
says '404 - Not Found'

ask 200 "$at/latest/meta-data/ram/security-credentials/" -H "$token"
role=$body
ask 200 "$at/latest/meta-data/ram/security-credentials/$role" -H "$token"
says '"Code":"Success"'
field AccessKeyId | grep -q '^STS\.'
field Expiration | grep -Eq '^[0-9-]{10}T[0-9:]{8}Z$'
ask 404 "$at/latest/meta-data/ram/security-credentials/other" -H "$token"
