import type { Catalog } from '../../domain/catalog.ts'
import type { SignedIn } from '../../protocol/screens.ts'
import { AlertsSheet } from './alerts/AlertsSheet.tsx'
import { ApprovalSheet } from './ApprovalSheet.tsx'
import { AuditSheet } from './AuditSheet.tsx'
import { CancelSheet } from './CancelSheet.tsx'
import { ComboSheet } from './ComboSheet.tsx'
import { CustomerSheet } from './CustomerSheet.tsx'
import { DevicesSheet } from './DevicesSheet.tsx'
import { DiscountSheet } from './DiscountSheet.tsx'
import { DrawerSheet } from './DrawerSheet.tsx'
import { FloorSheet } from './floor/FloorSheet.tsx'
import { ItemSheet } from './ItemSheet.tsx'
import { LineSheet } from './LineSheet.tsx'
import { Menu } from './Menu.tsx'
import { MoreSheet } from './more/MoreSheet.tsx'
import { MoveSheet } from './MoveSheet.tsx'
import { OrdersSheet } from './OrdersSheet.tsx'
import { PaySheet } from './PaySheet.tsx'
import { PrintersSheet } from './PrintersSheet.tsx'
import { ReceiptSheet } from './ReceiptSheet.tsx'
import { ReportsSheet } from './ReportsSheet.tsx'
import { RefundSheet } from './RefundSheet.tsx'
import { SettleSheet } from './SettleSheet.tsx'
import { CellSheet } from './ringing/CellSheet.tsx'
import { DetailsSheet } from './ringing/DetailsSheet.tsx'
import { FindSheet } from './ringing/FindSheet.tsx'
import { OpenItemSheet } from './ringing/OpenItemSheet.tsx'
import styles from './Stage.module.css'
import { StockSheet } from './StockSheet.tsx'
import { VouchersSheet } from './vouchers/VouchersSheet.tsx'
import { useTill, type Sheet } from './store.ts'
import { SettingsSheet } from './settings/SettingsSheet.tsx'
import { InboxSheet } from './takeout/InboxSheet.tsx'

interface StageProps {
  readonly catalog: Catalog
  readonly staff: SignedIn
}

/** The menu, and over it what a task needs at the moment. */
export function Stage({ catalog, staff }: StageProps) {
  const sheet = useTill((till) => till.sheet)
  const approval = useTill((till) => till.approval)
  return (
    <>
      <div className={styles['layer']} inert={sheet !== null || approval !== null}>
        <Menu catalog={catalog} />
      </div>
      {sheet !== null && (
        <div className={styles['layer']} inert={approval !== null}>
          <SheetOf sheet={sheet} catalog={catalog} staff={staff} />
        </div>
      )}
      {approval !== null && (
        <div className={styles['layer']}>
          <ApprovalSheet catalog={catalog} asked={approval} />
        </div>
      )}
    </>
  )
}

function SheetOf({ sheet, catalog, staff }: StageProps & { readonly sheet: Sheet }) {
  switch (sheet.kind) {
    case 'item':
      return (
        <ItemSheet
          key={sheet.itemId}
          catalog={catalog}
          itemId={sheet.itemId}
          line={null}
          count={sheet.quantity}
        />
      )
    case 'combo':
      return (
        <ComboSheet
          key={sheet.comboId}
          catalog={catalog}
          comboId={sheet.comboId}
          count={sheet.quantity}
        />
      )
    case 'open':
      return (
        <OpenItemSheet
          key={sheet.itemId}
          catalog={catalog}
          itemId={sheet.itemId}
          count={sheet.quantity}
          staff={staff}
        />
      )
    case 'details':
      return <DetailsSheet staff={staff} />
    case 'cell':
      return <CellSheet key={sheet.itemId} catalog={catalog} itemId={sheet.itemId} staff={staff} />
    case 'find':
      return <FindSheet key={sheet.unknownCode} catalog={catalog} {...sheet} />
    case 'line':
      return <LineSheet key={sheet.lineId} catalog={catalog} lineId={sheet.lineId} staff={staff} />
    case 'pay':
      return <PaySheet />
    case 'tables':
      return <FloorSheet catalog={catalog} staff={staff} isSeating={sheet.isSeating === true} />
    case 'customer':
      return <CustomerSheet catalog={catalog} staff={staff} />
    case 'orders':
      return <OrdersSheet catalog={catalog} />
    case 'devices':
      return <DevicesSheet catalog={catalog} />
    case 'drawer':
      return <DrawerSheet staff={staff} catalog={catalog} />
    case 'reports':
      return <ReportsSheet />
    case 'cancel':
      return <CancelSheet />
    case 'move':
      return <MoveSheet />
    case 'refund':
      return <RefundSheet staff={staff} />
    case 'audit':
      return <AuditSheet />
    case 'discount':
      return <DiscountSheet catalog={catalog} staff={staff} />
    case 'settle':
      return <SettleSheet catalog={catalog} />
    case 'receipt':
      return <ReceiptSheet />
    case 'printers':
      return <PrintersSheet catalog={catalog} staff={staff} />
    case 'settings':
      return <SettingsSheet catalog={catalog} />
    case 'alerts':
      return <AlertsSheet catalog={catalog} staff={staff} />
    case 'inbox':
      return <InboxSheet catalog={catalog} />
    case 'stock':
      return <StockSheet catalog={catalog} />
    case 'vouchers':
      return <VouchersSheet staff={staff} />
    case 'more':
      return <MoreSheet catalog={catalog} staff={staff} />
  }
}
