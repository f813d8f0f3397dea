/** The page's own world: takes what the preload exposes through the context bridge, frozen. */
;(() => {
  const waiting = new Map()
  let asked = 0
  addEventListener('stand-in-expose', ({ detail }) => {
    const { name, values, calls } = JSON.parse(detail)
    const api = { ...values }
    for (const method of calls) {
      api[method] = (...args) => {
        const id = ++asked
        dispatchEvent(
          new CustomEvent('stand-in-call', {
            detail: JSON.stringify({ id, owner: name, method, args }),
          }),
        )
        return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
      }
    }
    Object.defineProperty(globalThis, name, { value: Object.freeze(api) })
  })
  addEventListener('stand-in-answer', ({ detail }) => {
    const { id, value, error } = JSON.parse(detail)
    if (error === undefined) waiting.get(id)?.resolve(value)
    else waiting.get(id)?.reject(new Error(error))
  })
})()
