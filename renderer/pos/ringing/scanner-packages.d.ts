/** What is used here of two packages that bring no types. */
interface ScannedCode {
  readonly value: string
}

interface Scanner {
  readonly connect: () => Promise<void>
  readonly disconnect: () => Promise<void>
  readonly addEventListener: {
    (type: 'barcode', listener: (code: ScannedCode) => void): void
    (type: 'connected' | 'disconnected' | 'unsupported', listener: () => void): void
  }
}

declare module '@point-of-sale/keyboard-barcode-scanner' {
  const KeyboardBarcodeScanner: new () => Scanner
  export default KeyboardBarcodeScanner
}

declare module '@point-of-sale/webhid-barcode-scanner' {
  const WebHidBarcodeScanner: new () => Scanner & {
    readonly reconnect: (last: object) => Promise<void>
  }
  export default WebHidBarcodeScanner
}
