import type { news as english } from '../en/news.ts'
import type { In } from '../kinds.ts'

export const news: In<'de', typeof english> = {
  moved: {
    one: '{count} Artikel umgebucht auf {number} · {place}',
    other: '{count} Artikel umgebucht auf {number} · {place}',
  },
  sent: '{number} gesendet · {place}',
  settled: '{number}: geklärt',
  cancelled: '{number} storniert',
  handedOver: '{number} ausgegeben',
  backToCard: '{number}: {amount} gehen auf die Karte zurück',
  backInCash: '{number}: {amount} bar zurückgeben',
  putBack: '{number}: zurückgebucht auf {to}',
  lateAccepted: 'Was {device} schrieb, wurde übernommen',
  printsX: 'Der X-Bericht wird gedruckt',
  printsZ: 'Der Z-Bericht wird gedruckt',
  duplicate: 'Duplikat von {number} geht zum Drucker',
  toPrinter: '{number} geht zum Drucker',
  testPage: 'Eine Testseite geht an {name}',
  drawerOpens: 'Die Kassenlade öffnet sich',
  notConnected:
    'Keine Verbindung zu dieser Kasse. Nichts wurde geändert; wiederholen, sobald sie zurück ist.',
  dismiss: 'Ausblenden',
}
