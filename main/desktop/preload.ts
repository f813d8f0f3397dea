import { contextBridge, ipcRenderer } from 'electron'

/**
 * All that a page learns of Electron: that it is there, and one end of a channel to the terminal
 * process. The port is passed on to the page's own world, where the screens' client takes it up.
 */
contextBridge.exposeInMainWorld('aura', { isDesktop: true })

ipcRenderer.on('aura-port', (event) => {
  window.postMessage({ type: 'aura-port' }, '*', event.ports)
})
