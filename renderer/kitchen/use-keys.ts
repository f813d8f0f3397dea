import { useEffect, useEffectEvent } from 'react'
import { actionOf, keyName, type KeyAction } from './keys.ts'
import { openPanel, setRushing, useKitchen } from './store.ts'

/** For bump bars, which are keyboards, and for who has wet hands: everything has a key. */
export function useKeys(onAction: (action: KeyAction) => void) {
  const keys = useKitchen((kitchen) => kitchen.settings.keys)
  const onStroke = useEffectEvent((event: KeyboardEvent) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
      return
    }
    if (event.key === 'Escape') {
      openPanel(null)
      setRushing(false)
      return
    }
    const action = actionOf(keys, keyName(event))
    if (action === null) return
    event.preventDefault()
    onAction(action)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onStroke(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
