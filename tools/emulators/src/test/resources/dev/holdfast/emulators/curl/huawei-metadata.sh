#!/bin/sh
# The calls of the ECS guide ("Obtaining metadata", ecs_03_2167), as they stand there but for the address. Usage: huawei-metadata.sh URL
at=$1
. "$(dirname "$0")/ask.sh"

ttl='X-Metadata-Token-Ttl-Seconds'
ask 200 -X PUT "$at/meta-data/latest/api/token" -H "$ttl: 21600"
token="X-Metadata-Token: $body"
ask 400 -X PUT "$at/meta-data/latest/api/token" -H "$ttl: 59"
ask 400 -X PUT "$at/meta-data/latest/api/token" -H "$ttl: 21601"
ask 400 -X PUT "$at/meta-data/latest/api/token"
ask 403 -X PUT "$at/meta-data/latest/api/token" -H "$ttl: 60" -H 'X-Forwarded-For: 10.0.0.1'
ask 405 "$at/meta-data/latest/api/token"

ask 200 "$at/openstack/latest/meta_data.json" -H "$token"
says '"uuid"'
ask 200 "$at/openstack/latest/meta_data.json"
ask 401 "$at/openstack/latest/meta_data.json" -H "${token}x"
ask 404 "$at/openstack/latest/none" -H "$token"

ask 200 "$at/openstack/latest/securitykey" -H "$token"
says '"securitytoken"'
says '"expires_at"'
