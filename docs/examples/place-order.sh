#!/bin/sh
# One order at a table, and off to the kitchen with it.
#
#     API=http://127.0.0.1:8002 TOKEN=aura_… docs/examples/place-order.sh
set -eu
API="${API:-http://127.0.0.1:8002}"
ask() {
  curl --silent --show-error --fail-with-body --request "$1" "$API/api/v1$2" \
    --header "Authorization: Bearer $TOKEN" \
    --header 'Content-Type: application/json' \
    --data "$3"
}
order=$(ask POST /orders '{
  "customer_id": 123, "order_type": "dine_in", "table_number": "5",
  "items": [{ "menu_item_id": "burger-classic", "quantity": 2, "modifiers": ["extra_cheese", "no_onions"] }]
}')
id=$(printf %s "$order" | sed -n 's/^{"id":"\([^"]*\)".*/\1/p')
ask PUT "/orders/$id/status" '{ "status": "confirmed" }'
