import { useRef, type MouseEvent } from 'react'

const LONG_MS = 500

/**
 * A press, and a long one beside it, which the right mouse button and the menu key stand for as well.
 * A quick press waits for nothing.
 */
export function useLongPress(onPress: () => void, onLong: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const wasLong = useRef(false)
  const stop = () => {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
  }
  return {
    onPressStart: ({ pointerType }: { readonly pointerType: string }) => {
      stop()
      wasLong.current = false
      // A key that is held down repeats itself; the menu key is there for it.
      if (pointerType === 'keyboard' || pointerType === 'virtual') return
      timer.current = setTimeout(() => {
        wasLong.current = true
        onLong()
      }, LONG_MS)
    },
    onPressEnd: stop,
    onPress: () => {
      if (!wasLong.current) onPress()
    },
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault()
      stop()
      if (!wasLong.current) onLong()
    },
  }
}
