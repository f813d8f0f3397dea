import { createHash, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { createDeviceKeys, readDeviceKeys } from './device-keys.ts'

test('[P1] a device’s id is the hash of its public key', () => {
  const { certificate, deviceId, keyHash } = createDeviceKeys()
  const parsed = new X509Certificate(certificate)
  const publicKey = parsed.publicKey.export({ type: 'spki', format: 'der' })
  expect(keyHash).toEqual(createHash('sha256').update(publicKey).digest())
  expect(deviceId).toMatch(/^[0-9a-f]{32}$/)
  expect(Buffer.from(keyHash).toString('hex').startsWith(deviceId)).toBe(true)
  expect(createDeviceKeys().deviceId).not.toBe(deviceId)
})

test('[P1] the certificate is signed by its own key, and the clock never makes it invalid', () => {
  for (let i = 0; i < 50; i += 1) {
    const parsed = new X509Certificate(createDeviceKeys().certificate)
    expect(parsed.verify(parsed.publicKey)).toBe(true)
    expect(parsed.issuer).toBe(parsed.subject)
    expect(parsed.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' })
    expect(parsed.validFromDate.getUTCFullYear()).toBe(2000)
    expect(parsed.validToDate.getUTCFullYear()).toBe(9999)
    expect(parsed.subjectAltName).toBe('DNS:localhost')
    expect(parsed.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'])
  }
})

test('[P1] keys come back from their files as they were, and only together', () => {
  const keys = createDeviceKeys()
  const other = createDeviceKeys()
  expect(readDeviceKeys(keys.privateKey, keys.certificate)).toEqual({ ok: true, value: keys })
  const mixed = readDeviceKeys(other.privateKey, keys.certificate)
  expect(mixed).toEqual({ ok: false, error: 'mismatch' })
  const cut = readDeviceKeys(keys.privateKey.slice(0, 90), keys.certificate)
  expect(cut).toEqual({ ok: false, error: 'unreadable' })
  expect(readDeviceKeys(keys.privateKey, '')).toEqual({ ok: false, error: 'unreadable' })
})
