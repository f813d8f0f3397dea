import { countOf } from '../../ui/format.ts'
import { hrefOf } from '../route.ts'
import { useDraft } from './drafts.ts'
import styles from './Editing.module.css'

/** How much has gathered in the draft, and the way to its preview. */
export function DraftLink({ storeId }: { readonly storeId: string }) {
  const count = Object.keys(useDraft(storeId)).length
  return (
    <a className={styles['toDraft']} href={hrefOf({ storeId, path: ['changes'] })}>
      {count === 0
        ? 'Nothing in the draft'
        : `${countOf(count, 'change', 'changes')} in the draft: preview`}
    </a>
  )
}
