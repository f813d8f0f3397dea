import { useEffect, useState } from 'react'
import styles from './Logs.module.css'

const READ_EVERY_MS = 2_000

/** The end of what the program has said, as it goes on. Opened from the menu "Help" of the desktop. */
export function Logs() {
  const [text, setText] = useState('')
  const [query, setQuery] = useState('')
  useEffect(() => {
    const read = () => {
      window.aura
        ?.readLogs()
        .then(setText, () => setText('The logs can be read in their own window alone.'))
    }
    read()
    const timer = setInterval(read, READ_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  const lines = text
    .split('\n')
    .filter((line) => line !== '' && line.toLowerCase().includes(query.toLowerCase()))
    .toReversed()
  return (
    <main className={styles['page']}>
      <header className={styles['bar']}>
        <h1>Logs</h1>
        <label>
          Search <input value={query} onChange={(event) => setQuery(event.target.value)} />
        </label>
        <output>{lines.length} lines, newest first</output>
      </header>
      <ol className={styles['lines']} aria-label="Log lines">
        {lines.map((line, index) => (
          // Lines have no name of their own, and repeat.
          <li key={lines.length - index}>{line}</li>
        ))}
      </ol>
    </main>
  )
}
