import KeyboardBarcodeScanner from '@point-of-sale/keyboard-barcode-scanner'
import WebHidBarcodeScanner from '@point-of-sale/webhid-barcode-scanner'

/** Scanners that type like a keyboard, and those that speak HID to the browser. */
export interface Scanners {
  /** The key that goes down now is a hand's, and none of a code's. */
  readonly overlook: () => void
  readonly close: () => void
}

export function listenToScanners(onCode: (code: string) => void): Scanners {
  const keyboard = new KeyboardBarcodeScanner()
  let isOpen = true
  let isListening = true
  const listener = ({ value }: ScannedCode) => {
    if (isOpen) onCode(value.trim())
  }
  keyboard.addEventListener('barcode', listener)
  void keyboard.connect()
  const hid = hidScanner()
  hid?.addEventListener('barcode', listener)
  // The package looks for scanners that were allowed before only when one is plugged in.
  void hid?.reconnect({})
  /**
   * The package takes three quick keys for the beginning of a code and keeps all that follow from the
   * page, also Tab. It has no ear to be shut but this; it listens again after the key.
   */
  const overlook = (): void => {
    if (!isListening) return
    isListening = false
    void keyboard.disconnect()
    setTimeout(() => {
      if (!isOpen) return
      isListening = true
      void keyboard.connect()
    })
  }
  return {
    overlook,
    close: () => {
      isOpen = false
      if (isListening) void keyboard.disconnect()
      void hid?.disconnect()
    },
  }
}

let oneHidScanner: InstanceType<typeof WebHidBarcodeScanner> | null = null

/** One for the page: it listens to plugs for good. Null: this browser has no WebHID. */
function hidScanner() {
  if (!hasHid()) return null
  oneHidScanner ??= new WebHidBarcodeScanner()
  return oneHidScanner
}

export const hasHid = (): boolean => 'hid' in navigator

/** The browser asks which one; only a tap may make it ask. */
export async function chooseHidScanner(): Promise<void> {
  await hidScanner()?.connect()
}
