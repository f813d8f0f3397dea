import type { refusal as english } from '../en/refusal.ts'
import type { In } from '../kinds.ts'

export const refusal: In<'de', typeof english> = {
  order_not_found:
    'Diese Bestellung ist nicht auf diesem Gerät. Alte Bestellungen kann man nachsehen, aber nicht mehr ändern.',
  customer_erased: 'Dieser Kunde wurde gelöscht. Bestellung für einen neuen aufnehmen.',
  order_exists: 'Diese Bestellung gibt es schon.',
  invalid_transition: 'Die Bestellung lässt das nicht mehr zu. Noch einmal ansehen.',
  store_not_loaded:
    'Dieses Gerät hat die Karte des Betriebs noch nicht. Zuerst mit einem anderen Gerät des Betriebs verbinden.',
  empty_order: 'Die Bestellung ist leer. Erst etwas aufnehmen oder stornieren.',
  unknown_item: 'Diesen Artikel gibt es auf der Karte nicht mehr.',
  item_unavailable: '{name} ist gerade nicht zu haben.',
  not_sold_now: '{name} gibt es um diese Zeit nicht.',
  item_sold_out: {
    one: 'Von {name} ist nur noch {count} da.',
    other: 'Von {name} sind nur noch {count} da.',
  },
  soldOut: '{name} ist ausverkauft.',
  not_a_combo: '{name} ist kein Menü: dazu wird nichts gewählt.',
  empty_combo: '{comboName}: mindestens eines wählen.',
  invalid_pick: '{comboName} hat das nicht mehr. Neu wählen.',
  invalid_modifier: '{itemName} gibt es damit nicht mehr.',
  modifier_count: '{itemName}: {groupName} nimmt {min} bis {max}, gewählt sind {chosen}.',
  too_many_items: 'Eine Bestellung fasst bis zu {limit} Artikel; diese hätte {count}.',
  line_not_found: 'Das steht nicht mehr auf der Bestellung.',
  line_already_sent: '{name} ist schon in der Küche. Stornieren und neu aufnehmen.',
  line_voided: '{name} wurde storniert.',
  line_moved: '{name} wurde auf eine andere Bestellung umgebucht.',
  cannot_move_there: 'Umbuchen geht nur auf eine andere offene Bestellung.',
  line_not_fired: '{name} wurde noch nicht in die Küche gesendet.',
  ticket_not_found: 'Diesen Bon gibt es nicht mehr.',
  payment_not_found: 'Diese Zahlung gibt es auf der Bestellung nicht.',
  payment_required: 'Diese Bestellung wird vor dem Senden bezahlt. Offen: {amount}.',
  overpayment: 'Offen sind nur {amount}. Nichts wurde verbucht.',
  paidAlready: 'Diese Bestellung ist schon bezahlt. Nichts wurde verbucht.',
  payment_pending:
    'Eine Karte wird um {amount} gebeten. Abwarten oder abbrechen. Nichts wurde verbucht.',
  insufficient_tender: 'Nötig sind {needed}, erhalten wurden {tendered}.',
  refund_too_large: 'Von dieser Zahlung sind höchstens {amount} erstattbar.',
  amount_too_large: 'Eine Bestellung kann höchstens {amount} ausmachen.',
  voucher_balance:
    'Soweit diese Kasse weiß, ist der Gutschein {amount} wert. Nichts wurde verbucht.',
  no_card_terminal:
    'Dieses Gerät hat kein Kartenterminal. Karte an einer Kasse mit Terminal nehmen.',
  voucher_exists: 'Dieser Gutschein wurde schon verkauft.',
  voucher_unknown:
    'So ein Gutschein wurde hier nicht verkauft, oder dieses Gerät weiß noch nichts davon.',
  voucher_not_paid: 'Die Bestellung mit diesem Gutschein ist noch nicht bezahlt.',
  voucher_spent: 'Mit dem Gutschein wurde schon bezahlt.',
  intent_not_found: 'Diese Kartenzahlung gibt es auf der Bestellung nicht.',
  intent_closed: 'Die Kartenzahlung ist schon abgeschlossen.',
  scheduled_in_past: 'Diese Zeit ist vorbei. Für sofort weglassen.',
  scheduled_too_far: 'Das ist in über fünf Jahren. Stimmt das Jahr?',
  slot_full: 'Um {time} nimmt die Küche nichts mehr an. Ab {next} ist wieder Platz.',
  slot_full_all_day: 'Um {time} und den ganzen Tag danach nimmt die Küche nichts mehr an.',
  reason_required: 'Ein Grund ist nötig.',
  conflict_not_found: 'Hier ist nichts dergleichen zu klären, oder jemand hat es schon geklärt.',
  conflict_changed:
    'Zu dieser Bestellung ist mehr bekannt geworden. Vor dem Klären noch einmal ansehen.',
  resolution_not_possible: 'So lässt es sich nicht klären.',
  version_mismatch: 'Die Bestellung hat sich inzwischen geändert. Noch einmal ansehen.',
  approval_required: 'Das muss die Leitung freigeben.',
  forbidden: 'Ihre Rolle darf das nicht.',
  pin_key_missing:
    'Diesem Gerät fehlt der Schlüssel für Ihre PIN. Mit einem anderen Gerät des Betriebs verbinden.',
  too_busy: 'Zu viele melden sich gleichzeitig an. Bitte wiederholen.',
  not_signed_in: 'Zuerst mit der PIN anmelden.',
  not_allowed: 'Das darf die Leitung.',
  customer_not_found: 'Dieser Kunde ist hier nicht mehr bekannt.',
  removed_from_store:
    'Dieses Gerät wurde selbst aus dem Betrieb entfernt. Auf einem anderen erledigen.',
  drawer_open: 'Die Kassenlade ist schon offen. Erst zählen und schließen.',
  drawer_not_open: 'Die Kassenlade ist zu. Erst mit dem Wechselgeld öffnen.',
  older_orders_unreachable:
    'Einige Bestellungen dieses Tages hat nur die Zentrale, die gerade nicht erreichbar ist.',
  no_printer: 'Kein Drucker druckt die Quittungen dieser Kasse.',
  no_drawer: 'Kein Drucker öffnet an dieser Kasse eine Lade.',
  printer_not_found: 'Diesen Drucker gibt es nicht mehr.',
  storage_failed:
    'Nichts wurde gespeichert: {detail}. Wiederholen; bleibt es so, an einer anderen Kasse verkaufen.',
  no_kitchen_printer: 'Kein Drucker hat Küchenbons dieser Bestellung.',
  check_not_found: 'Die Rechnung ist nicht mehr so geteilt.',
  voucher_not_overdrawn: 'Davon wurde nichts zu viel ausgegeben.',
}
