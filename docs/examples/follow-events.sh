#!/bin/sh
# Follows what happens in the store as server-sent events, with nothing but curl.
#
#     API=http://127.0.0.1:8002 TOKEN=aura_… docs/examples/follow-events.sh [POSITION]
#
# Each event has its position as `id:`. Give the last one again to go on from there; `start` is the
# beginning of the log.
set -eu
API="${API:-http://127.0.0.1:8002}"
exec curl --silent --show-error --no-buffer --get "$API/api/v1/events" \
  --data-urlencode "position=${1:-start}" \
  --header "Authorization: Bearer $TOKEN" \
  --header 'Accept: text/event-stream'
