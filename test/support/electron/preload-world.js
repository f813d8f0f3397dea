/**
 * What a preload script of Electron finds: `require('electron')` in an isolated world of the page.
 * It runs there, beside the page's own world; DOM events are all that crosses between the two. The
 * unmodified preload script follows it.
 */
;(() => {
  const listeners = new Map()
  const ports = new Map()
  const waiting = new Map()
  let asked = 0
  const tell = (message) => standInSend(JSON.stringify(message))

  const electron = {
    contextBridge: {
      exposeInMainWorld(name, api) {
        const calls = Object.keys(api).filter((key) => typeof api[key] === 'function')
        const values = Object.fromEntries(
          Object.entries(api).filter(([, value]) => typeof value !== 'function'),
        )
        const answer = (message) => {
          const detail = JSON.stringify(message)
          dispatchEvent(new CustomEvent('stand-in-answer', { detail }))
        }
        addEventListener('stand-in-call', ({ detail }) => {
          const { id, owner, method, args } = JSON.parse(detail)
          if (owner !== name) return
          Promise.try(() => api[method](...args)).then(
            (value) => answer({ id, value }),
            (error) => answer({ id, error: String(error) }),
          )
        })
        const detail = JSON.stringify({ name, values, calls })
        dispatchEvent(new CustomEvent('stand-in-expose', { detail }))
      },
    },
    ipcRenderer: {
      on: (channel, listener) => listeners.set(channel, listener),
      invoke(channel, ...args) {
        const id = ++asked
        tell({ invoke: channel, args, id })
        return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
      },
    },
  }

  globalThis.standIn = {
    post(channel, message, ids) {
      const given = ids.map((id) => {
        const { port1, port2 } = new MessageChannel()
        ports.set(id, port1)
        port1.addEventListener('message', ({ data }) => tell({ port: id, data }))
        port1.addEventListener('close', () => tell({ port: id, isClosed: true }))
        port1.start()
        return port2
      })
      listeners.get(channel)?.({ ports: given }, message)
    },
    port: (id, data) => ports.get(id)?.postMessage(data),
    portClosed: (id) => ports.get(id)?.close(),
    answered({ id, value, error }) {
      if (error === undefined) waiting.get(id)?.resolve(value)
      else waiting.get(id)?.reject(new Error(error))
    },
  }

  globalThis.require = (name) => {
    if (name !== 'electron') throw new Error(`a sandboxed preload has no ${name}`)
    return electron
  }
})()
