import { useEffect } from 'react'
import { useLive } from '../../ui/live-store.ts'
import { useActions } from '../actions-context.ts'
import { clearQuantity, openSheet, setQuantity, useTill } from '../store.ts'
import { findIndexOf } from './find-index.ts'
import { isScanner, nextKey, NO_BURST, type Burst } from './keystrokes.ts'
import { typeDigit } from './quantity.ts'
import { ringUp } from './ring-up.ts'
import { listenToScanners } from './scanners.ts'
import { itemOfCode } from './search-items.ts'

/**
 * Keys that mean something wherever the focus is, as long as only the menu is there: digits are a
 * quantity, letters begin a search, + is the last one again. A scanner's code is heard there and in the
 * search, but not in a field that somebody types in.
 */
export function useTillKeys(): void {
  const actions = useActions()
  useEffect(() => {
    let burst: Burst = NO_BURST
    const onKey = (event: KeyboardEvent) => {
      // Before anything else is asked: also what is pressed in a field moves on from there.
      const isEnd = ENDS_OF_CODES.has(event.key) && isScanner(burst, event.timeStamp)
      if (HAND_KEYS.has(event.key) && !isEnd) scanners.overlook()
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      const atMs = event.timeStamp
      if (isEnd) {
        // Or the button that has the focus would be pressed by the end of a code.
        event.preventDefault()
        event.stopImmediatePropagation()
        return
      }
      const { sheet, approval, quantityTyped } = useTill.getState()
      if (event.key.length !== 1) {
        if (event.key === 'Escape' && sheet === null) clearQuantity()
        return
      }
      burst = nextKey(burst, atMs, quantityTyped)
      if (sheet !== null || approval !== null || isScanner(burst, atMs)) return
      if (/^\d$/.test(event.key)) setQuantity(typeDigit(quantityTyped, event.key))
      else if (event.key === '+') actions.repeatLast()
      else if (/^[\p{L}/]$/u.test(event.key)) {
        event.preventDefault()
        openSheet({ kind: 'find', query: event.key === '/' ? '' : event.key, unknownCode: null })
      }
    }
    const onCode = (scanned: string) => {
      const { approval, sheet } = useTill.getState()
      const { catalog } = useLive.getState()
      if (approval !== null || catalog === null) return
      // Nobody scans into a payment: what lies over the menu stays, and so does what was typed there.
      if (sheet !== null && sheet.kind !== 'find') return
      // What its first keys did before it was known for a scanner.
      const { typedBefore } = burst
      setQuantity(typedBefore)
      const index = findIndexOf(catalog)
      // The package takes a digit that was typed just before for the beginning of the code.
      const isLonger = typedBefore !== '' && scanned.startsWith(typedBefore)
      const code =
        isLonger && itemOfCode(index, scanned) === null
          ? scanned.slice(typedBefore.length)
          : scanned
      const itemId = itemOfCode(index, code)
      if (itemId === null) return openSheet({ kind: 'find', query: '', unknownCode: code })
      if (sheet?.kind === 'find') useTill.setState({ sheet: null })
      ringUp(actions, itemId)
    }
    const scanners = listenToScanners(onCode)
    // Before the buttons hear of it: see above.
    window.addEventListener('keydown', onKey, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true })
      scanners.close()
    }
  }, [actions])
}

/** What a scanner puts behind a code. */
const ENDS_OF_CODES: ReadonlySet<string> = new Set(['Enter', 'Tab'])

/** They move the focus, or take something back: no code has them in it. */
const HAND_KEYS: ReadonlySet<string> = new Set([
  'Tab',
  'Escape',
  'Backspace',
  'Delete',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
])

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
