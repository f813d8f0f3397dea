import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/**
 * Electron's `safeStorage`, for the person whom `STAND_IN_PERSON` names: what one sealed, another does
 * not open. Without a person there is no keyring, as on a bare Linux.
 */
const person = process.env['STAND_IN_PERSON'] ?? ''
const secret = createHash('sha256').update(person).digest()
const NONCE_BYTES = 12
const TAG_BYTES = 16

export const safeStorage = {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => (person === '' ? 'basic_text' : 'gnome_libsecret'),
  async encryptStringAsync(text: string): Promise<Buffer> {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', secret, nonce)
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
  },
  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, NONCE_BYTES))
    const tagEnd = NONCE_BYTES + TAG_BYTES
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, tagEnd))
    const text = Buffer.concat([decipher.update(sealed.subarray(tagEnd)), decipher.final()])
    return { result: text.toString('utf8'), shouldReEncrypt: false }
  },
}
