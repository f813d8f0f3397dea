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
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      const atMs = event.timeStamp
      if (isScanner(burst, atMs) && (event.key === 'Enter' || event.key === 'Tab')) {
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
    // Before the buttons hear of it: see above.
    window.addEventListener('keydown', onKey, { capture: true })
    const scanners = listenToScanners(onCode)
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true })
      scanners.close()
    }
  }, [actions])
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
