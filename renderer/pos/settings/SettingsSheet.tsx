import { useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import { Toggle } from '../../ui/Button.tsx'
import { useLive } from '../../ui/live-store.ts'
import { Sheet } from '../../ui/Sheet.tsx'
import { say } from '../../words/say.ts'
import { spoken } from '../../words/spoken.ts'
import { closeSheet } from '../store.ts'
import { CashierSettings } from './CashierSettings.tsx'
import { PromiseSettings } from './PromiseSettings.tsx'
import { ReceiptSettings } from './ReceiptSettings.tsx'
import styles from './Settings.module.css'
import { StaffSettings } from './StaffSettings.tsx'
import { StoreSettingsForm } from './StoreSettingsForm.tsx'
import { TaxSettings } from './TaxSettings.tsx'
import { TrainingSettings } from './TrainingSettings.tsx'

const SECTIONS = ['store', 'taxes', 'receipt', 'promises', 'rules', 'staff', 'training'] as const
type Section = (typeof SECTIONS)[number]

const SECTION_WORDS = spoken<Section>({
  store: 'front.section_store',
  taxes: 'front.section_taxes',
  receipt: 'front.section_receipt',
  promises: 'front.section_promises',
  rules: 'front.section_rules',
  staff: 'front.section_staff',
  training: 'front.section_training',
})

/** What managers set at the till: the same records that the back office edits. */
export function SettingsSheet({ catalog }: { readonly catalog: Catalog }) {
  const isAdmin = useLive((live) => live.signedIn?.role === 'admin')
  // Who works here is an admin's to say (rule V2).
  const sections = SECTIONS.filter((one) => one !== 'staff' || isAdmin)
  const [section, setSection] = useState<Section>('store')
  return (
    <Sheet title={say('front.settings')} about={say('front.settingsAbout')} onClose={closeSheet}>
      <div className={styles['layout']}>
        <div className={styles['sections']} role="group" aria-label={say('front.settings')}>
          {sections.map((one) => (
            <Toggle key={one} isSelected={one === section} onChange={() => setSection(one)}>
              {SECTION_WORDS[one]}
            </Toggle>
          ))}
        </div>
        <div className={styles['form']}>
          <SectionForm section={section} catalog={catalog} />
        </div>
      </div>
    </Sheet>
  )
}

function SectionForm({
  section,
  catalog,
}: {
  readonly section: Section
  readonly catalog: Catalog
}) {
  switch (section) {
    case 'store':
      return <StoreSettingsForm catalog={catalog} />
    case 'taxes':
      return <TaxSettings catalog={catalog} />
    case 'receipt':
      return <ReceiptSettings catalog={catalog} />
    case 'promises':
      return <PromiseSettings catalog={catalog} />
    case 'rules':
      return <CashierSettings catalog={catalog} />
    case 'staff':
      return <StaffSettings catalog={catalog} />
    case 'training':
      return <TrainingSettings />
  }
}
