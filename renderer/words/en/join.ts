/** A new device joins a store. */
export const join = {
  title: 'Join a store',
  about:
    'On a till that is in the store already, a manager opens Devices and lets a device in. It then shows an address and a code.',
  address: 'Address of that till',
  code: 'Code, eight digits',
  name: 'Name of this device',
  what: 'What this device is',
  join: 'Join',
  joining: 'Joining…',
  joined: 'Joined {store}. One moment…',
  noneFound:
    'No device has been found on this network yet. Type in the address that the till shows.',
  foundColon: 'Found on this network:',
  found: 'Found on this network',
  aDevice: 'A device',
  needAddress: 'Enter the address as the member shows it, such as 192.168.1.20:41234.',
  needCode: 'Enter all eight digits of the code.',
  needName: 'Give this device a name, such as Till 3.',
} as const
