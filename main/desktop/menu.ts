import type { MenuItemConstructorOptions } from 'electron'
import type { Link } from './deep-links.ts'

export interface MenuActions {
  readonly open: (link: Link) => void
  readonly startsAtLogin: boolean
  readonly setStartAtLogin: (starts: boolean) => void
  /** Null: this program is not updated by itself. */
  readonly update: (() => void) | null
  readonly quit: () => void
}

/** The application's menu, with the shortcuts that people expect of any program. */
export function menuTemplate(actions: MenuActions): MenuItemConstructorOptions[] {
  const { open, startsAtLogin, setStartAtLogin, update, quit } = actions
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  return [
    {
      label: 'AuraConnect',
      submenu: [
        { label: 'Till', accelerator: 'CmdOrCtrl+1', click: () => open('pos') },
        { label: 'Kitchen screen', accelerator: 'CmdOrCtrl+2', click: () => open('kitchen') },
        { label: 'Customer display', accelerator: 'CmdOrCtrl+4', click: () => open('display') },
        {
          label: 'Back office in the browser',
          accelerator: 'CmdOrCtrl+3',
          click: () => open('office'),
        },
        separator,
        {
          label: 'Start with this computer',
          type: 'checkbox',
          checked: startsAtLogin,
          click: (item) => setStartAtLogin(item.checked),
        },
        ...(update === null ? [] : [{ label: 'Install the update now', click: () => update() }]),
        separator,
        { label: 'Quit', accelerator: 'CmdOrCtrl+Q', click: () => quit() },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'View',
      submenu: [
        { role: 'reload' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
      ],
    },
    { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'close' }] },
    { label: 'Help', submenu: [{ label: 'Logs', click: () => open('logs') }] },
  ]
}
