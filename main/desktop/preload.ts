import { contextBridge, ipcRenderer } from 'electron'

/**
 * All that a page learns of Electron: that it is there, and one end of a channel to the terminal
 * process. The port is passed on to the page's own world, where the screens' client takes it up. The
 * log window alone may ask for the logs; the shell looks at who asks.
 */
contextBridge.exposeInMainWorld('aura', {
  isDesktop: true,
  readLogs: () => ipcRenderer.invoke('aura-shell', { type: 'readLogs' }),
})

ipcRenderer.on('aura-port', (event) => {
  window.postMessage({ type: 'aura-port' }, '*', event.ports)
})
