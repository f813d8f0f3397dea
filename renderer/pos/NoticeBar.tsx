import { useEffect } from 'react'
import { Button } from '../ui/Button.tsx'
import { say } from '../words/say.ts'
import styles from './NoticeBar.module.css'
import { notify, useTill } from './store.ts'

const GOOD_NEWS_MS = 4_000

/** What went wrong stays until the next tap or until it is put away; good news goes by itself. */
export function NoticeBar() {
  const notice = useTill((till) => till.notice)
  useEffect(() => {
    if (notice?.tone !== 'good') return
    const timer = setTimeout(() => notify(null), GOOD_NEWS_MS)
    return () => clearTimeout(timer)
  }, [notice])
  return (
    <div className={styles['place']} role={notice?.tone === 'bad' ? 'alert' : 'status'}>
      {notice !== null && (
        <div className={styles['notice']} data-tone={notice.tone}>
          <p>{notice.text}</p>
          <Button kind="quiet" onPress={() => notify(null)}>
            {say('news.dismiss')}
          </Button>
        </div>
      )}
    </div>
  )
}
