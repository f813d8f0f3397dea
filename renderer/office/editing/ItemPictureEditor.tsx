import { useId, useRef, useState } from 'react'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { pictureOut } from '../../../protocol/rest/picture.ts'
import { Button } from '../../ui/Button.tsx'
import { newId } from '../../ui/new-id.ts'
import { useClient } from '../client-context.ts'
import { drafted, putInDraft, takeFromDraft, useDraft } from './drafts.ts'
import { shrinkPicture } from './picture-file.ts'
import styles from './Picture.module.css'
import type { Records } from './records.ts'
import { isInDraft } from './subjects.ts'
import { Thumbnail } from './Thumbnail.tsx'

interface ItemPictureEditorProps {
  readonly store: StoreLine
  /** An item's or a combo's. */
  readonly id: string
  readonly title: string
  /** As they count now, without the draft. */
  readonly records: Records
}

const NO_PICTURE = 'The browser cannot read this file as a picture. Take a JPEG, PNG or WebP file.'

/**
 * What an item looks like. The file is made small here and its bytes go to the centre at once, where
 * nothing shows them; that the item shows them is a change like any other, with its preview and date.
 */
export function ItemPictureEditor({ store, id, title, records }: ItemPictureEditorProps) {
  const storeId = store.store_id
  const client = useClient()
  const draft = useDraft(storeId)
  const labelId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const row = drafted(records.item_picture, draft, 'item_picture').find((one) => one.id === id)
  const shown = row === undefined || row.state === 'removed' ? null : row.value['picture_id']
  const isDrafted = isInDraft(draft, 'item_picture', id)

  const take = async (file: File) => {
    setBusy(true)
    setFault(await upload(file))
    setBusy(false)
  }
  /** What went wrong; null: it is in the draft. */
  const upload = async (file: File): Promise<string | null> => {
    const data = await shrinkPicture(file)
    if (data === null) return NO_PICTURE
    const outcome = await client.call({
      method: 'POST',
      path: '/api/v1/menu/pictures',
      storeId,
      body: { data },
      idempotencyKey: newId(),
      schema: pictureOut,
    })
    if (!outcome.ok) return outcome.failure.detail
    const value = { picture_id: outcome.value.id }
    putInDraft(storeId, { kind: 'item_picture', id, value, title })
    return null
  }

  return (
    <div role="group" aria-labelledby={labelId} className={styles['editor']}>
      <h3 id={labelId} className={styles['label']}>
        Picture
      </h3>
      <div className={styles['line']}>
        {typeof shown === 'string' ? (
          <Thumbnail storeId={storeId} pictureId={shown} alt={`${title}, as the till shows it`} />
        ) : (
          <span className={styles['frame']} data-empty="true">
            None
          </span>
        )}
        <div className={styles['buttons']}>
          <Button isDisabled={isBusy} onPress={() => input.current?.click()}>
            {typeof shown === 'string' ? 'Another picture …' : 'Choose a picture …'}
          </Button>
          {typeof shown === 'string' && (
            <Button
              kind="danger"
              onPress={() =>
                records.item_picture.some((one) => one.id === id)
                  ? putInDraft(storeId, { kind: 'item_picture', id, value: null, title })
                  : takeFromDraft(storeId, { kind: 'item_picture', id })
              }
            >
              Show none
            </Button>
          )}
          {isDrafted && (
            <Button onPress={() => takeFromDraft(storeId, { kind: 'item_picture', id })}>
              Leave it as it was
            </Button>
          )}
        </div>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        aria-label={`Picture of ${title}`}
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file !== undefined) void take(file)
        }}
      />
      <p role="status" className={styles['hint']}>
        {isBusy
          ? 'Making it small and sending it …'
          : isDrafted
            ? 'In the draft'
            : 'It is made small here: 320 × 240 at most.'}
      </p>
      {fault !== null && (
        <p role="alert" className={styles['fault']}>
          {fault}
        </p>
      )}
    </div>
  )
}
