import type { join as english } from '../en/join.ts'
import type { In } from '../kinds.ts'

export const join: In<'de', typeof english> = {
  title: 'Einem Betrieb beitreten',
  about:
    'An einer Kasse, die schon dazugehört, öffnet die Leitung „Geräte“ und nimmt ein Gerät auf. Dann zeigt sie Adresse und Code.',
  address: 'Adresse dieser Kasse',
  code: 'Code, acht Ziffern',
  name: 'Name dieses Geräts',
  what: 'Was dieses Gerät ist',
  join: 'Beitreten',
  joining: 'Beitritt läuft …',
  joined: '{store} beigetreten. Einen Moment …',
  noneFound:
    'In diesem Netz wurde noch kein Gerät gefunden. Die Adresse eingeben, die die Kasse zeigt.',
  foundColon: 'In diesem Netz gefunden:',
  found: 'In diesem Netz gefunden',
  aDevice: 'Ein Gerät',
  needAddress: 'Die Adresse so eingeben, wie das Gerät sie zeigt, etwa 192.168.1.20:41234.',
  needCode: 'Alle acht Ziffern des Codes eingeben.',
  needName: 'Dem Gerät einen Namen geben, etwa Kasse 3.',
}
