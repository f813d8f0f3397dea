/** What stands on every screen. */
export const common = {
  language: 'Language',
  close: 'Close',
  back: 'Back',
  deleteLastDigit: 'Delete last digit',
  thisDevice: 'This device',
  seconds: '{n} s',
  minutes: '{n} min',
  hours: '{h} h {min} min',
  days: { one: '{count} day', other: '{count} days' },
  nothing: '',
} as const
