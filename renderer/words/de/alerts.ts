import type { alerts as english } from '../en/alerts.ts'
import type { In } from '../kinds.ts'

export const alerts: In<'de', typeof english> = {
  title: 'Zu beachten',
  about: 'Worum sich noch niemand kümmert. Ist es in Ordnung, verschwindet es von selbst.',
  none: 'Nichts zu beachten.',
  seen: 'Gesehen',
  seenBy: 'Gesehen von {who}, {time}',
  since: 'seit {time}',
  open: '{number} öffnen',
  what_order_waiting: 'Die Online-Bestellung {name} hat niemand bestätigt',
  do_order_waiting: 'Der Gast wartet auf Antwort. Bestätigen, oder stornieren und sagen, warum.',
  what_order_late: 'Bestellung {name} ist über der zugesagten Zeit',
  do_order_late: 'Als Nächstes machen und dem Gast sagen, wann sie kommt.',
  what_card_waiting: 'Noch ist offen, was aus einer Karte auf Bestellung {name} wurde',
  do_card_waiting: 'Am Kartenterminal nachsehen. Vorher kein zweites Mal kassieren.',
  what_printer: 'Drucker {name}: {trouble}',
  do_printer: 'Papier, Deckel, Kabel. Was wartet, wird gedruckt, sobald er wieder geht.',
  what_centre: 'Die Zentrale hat von hier nichts mehr gehört',
  do_centre: 'Der Verkauf geht weiter, nichts geht verloren. Die Internetverbindung prüfen.',
  what_oversold: 'Von {name} wurde mehr verkauft, als da war',
  do_oversold: 'Zählen, was da ist, und es den wartenden Gästen sagen.',
  what_sold_out: '{name} ist ausverkauft',
  do_sold_out: 'Es lässt sich nicht bonieren. Ist doch noch etwas da, bitte zählen.',
  what_low_stock: '{name} wird knapp',
  do_low_stock: 'Nachbestellen, oder zählen, falls mehr da ist.',
}
