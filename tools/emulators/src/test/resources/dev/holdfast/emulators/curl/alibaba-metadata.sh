#!/bin/sh
# The calls of "Access instance metadata" and of its FAQ, as they stand there but for the address. Usage: alibaba-metadata.sh URL
at=$1
. "$(dirname "$0")/ask.sh"

ttl='X-aliyun-ecs-metadata-token-ttl-seconds'
ask 200 -X PUT "$at/latest/api/token" -H "$ttl: 21600"
token="X-aliyun-ecs-metadata-token: $body"
ask 400 -X PUT "$at/latest/api/token" -H "$ttl: 0"
says '400 - Missing or Invalid Parameters'
ask 400 -X PUT "$at/latest/api/token" -H "$ttl: 21601"
ask 403 -X PUT "$at/latest/api/token" -H "$ttl: 60" -H 'X-Forwarded-For: 10.0.0.1'
says '403 - Forbidden'
ask 405 "$at/latest/api/token"

ask 200 "$at/latest/meta-data/instance-id" -H "$token"
ask 200 "$at/latest/meta-data/instance-id"
ask 401 "$at/latest/meta-data/instance-id" -H "${token}x"
says '401 - Unauthorized'
ask 404 "$at/latest/meta-data/none" -H "$token"
says '404 - Not Found'

ask 200 "$at/latest/meta-data/ram/security-credentials/" -H "$token"
role=$body
ask 200 "$at/latest/meta-data/ram/security-credentials/$role" -H "$token"
says '"Code":"Success"'
says '"SecurityToken"'
