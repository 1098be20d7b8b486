#!/bin/sh
# The calls of "Using the VPC instance metadata service" and "Managing identity tokens", as they stand there but for the address. Usage:
# ibm-vpc-metadata.sh URL
at=$1
. "$(dirname "$0")/ask.sh"

flavor='Metadata-Flavor: ibm'
ask 200 -X PUT "$at/identity/v1/token?version=2025-08-26" -H "$flavor" -H 'Accept: application/json' -d '{"expires_in": 3600}'
says '"expires_in":3600'
bearer="Authorization: Bearer $(field access_token)"
ask 200 -X PUT "$at/instance_identity/v1/token?version=2022-03-01" -H "$flavor" -d '{}'
says '"expires_in":300'
ask 404 -X PUT "$at/instance_identity/v1/token?version=2025-08-26" -H "$flavor" -d '{}'
ask 400 -X PUT "$at/identity/v1/token?version=2025-08-26" -d '{}'
says missing_value
ask 400 -X PUT "$at/identity/v1/token?version=2025-08-26" -H "$flavor" -d '{"expires_in": 7200}'
says 'The value provided for the `expires_in` field must be between `5` and `3600`.'
ask 403 -X PUT "$at/identity/v1/token?version=2025-08-26" -H "$flavor" -H 'X-Forwarded-For: 10.0.0.1' -d '{}'

ask 200 "$at/metadata/v1/instance?version=2025-08-26" -H "$bearer"
says '"name":"agent-vsi-0"'
ask 200 "$at/metadata/v1/keys?version=2025-08-26" -H "$bearer"
ask 401 "$at/metadata/v1/instance?version=2025-08-26" -H "${bearer}x"
says unauthenticated
ask 400 "$at/metadata/v1/instance?version=2021-01-01" -H "$bearer"
says invalid_version_range

profile='{"trusted_profile": {"id": "Profile-9fd84246-7df4-4667-94e4-8ecde51d5ac5"}}'
ask 200 -X POST "$at/identity/v1/iam_tokens?version=2025-08-26" -H "$bearer" -d "$profile"
iam="Authorization: Bearer $(field access_token)"
ask 200 -X POST "$at/instance_identity/v1/iam_token?version=2022-03-01" -H "$bearer" -d '{}'
ask 400 -X POST "$at/identity/v1/iam_tokens?version=2025-08-26" -H "$bearer" -d '{"trusted_profile": {"id": "Profile-none"}}'
says profile_not_linked
ask 200 "$at/v1/instances?version=2025-08-26&generation=2" -H "$iam"
ask 401 "$at/metadata/v1/instance?version=2025-08-26" -H "$iam"
