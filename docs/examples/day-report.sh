#!/bin/sh
# The Z report of a business day as JSON, for a bookkeeper's own program.
#
#     API=http://127.0.0.1:8002 TOKEN=aura_… docs/examples/day-report.sh [YYYY-MM-DD]
set -eu
API="${API:-http://127.0.0.1:8002}"
exec curl --silent --show-error --fail-with-body --get "$API/api/v1/reports/day" \
  ${1:+--data-urlencode "day=$1"} \
  --header "Authorization: Bearer $TOKEN"
