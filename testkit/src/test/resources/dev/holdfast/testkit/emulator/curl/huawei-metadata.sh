#!/bin/sh
# The calls of the ECS guide ("Obtaining metadata", ecs_03_2167 and ecs_03_0166), as they stand there but for the address. Usage:
# huawei-metadata.sh URL
at=$1
. "$(dirname "$0")/ask.sh"

ttl='X-Metadata-Token-Ttl-Seconds'
ask 200 -X PUT "$at/meta-data/latest/api/token" -H "$ttl: 21600"
token="X-Metadata-Token: $body"
ask 200 -X PUT "$at/meta-data/latest/api/token" -H "$ttl: 60"
ask 400 -X PUT "$at/meta-data/latest/api/token" -H "$ttl: 59"
ask 400 -X PUT "$at/meta-data/latest/api/token"
ask 403 -X PUT "$at/meta-data/latest/api/token" -H "$ttl: 60" -H 'X-Forwarded-For: 10.0.0.1'
ask 405 "$at/meta-data/latest/api/token"

ask 200 "$at/openstack/latest/meta_data.json" -H "$token"
says '"availability_zone":"cn-east-3a"'
ask 401 "$at/openstack/latest/meta_data.json" -H "${token}x"
ask 200 "$at/latest/meta-data/local-ipv4"
says '192.168.1.2'
ask 404 "$at/openstack/latest/user_data" -H "$token"

ask 200 "$at/openstack/latest/securitykey" -H "$token"
says '"credential":{"access":"'
key=$(field access)
ask 200 "$at/openstack/latest/securitykey"
[ "$(field access)" = "$key" ]
field expires_at | grep -Eq '^[0-9-]{10}T[0-9:]{8}\.[0-9]{6}Z$'
