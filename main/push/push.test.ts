import { createECDH } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decryptAsBrowser, vapidMistake } from '../../test/support/push-service.ts'
import { encryptPush } from './encrypt.ts'
import { endpointFault, subscriptionSchema } from './subscription.ts'
import { isPair, newVapidKeys, vapidHeader } from './vapid.ts'

const bytes = (text: string) => Buffer.from(text, 'base64url')

test('[N4] RFC 8291, appendix A: the same message, byte for byte', () => {
  const encrypted = encryptPush(
    Buffer.from('When I grow up, I want to be a watermelon'),
    {
      p256dh: bytes(
        'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      ),
      auth: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
    },
    {
      privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
      salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
    },
  )
  expect(encrypted.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
})

test('[N4] any message comes out at its browser, and at no other one', () => {
  const browserOf = () => {
    const pair = createECDH('prime256v1')
    pair.generateKeys()
    return { pair, auth: Buffer.alloc(16, 7) }
  }
  const [mine, other] = [browserOf(), browserOf()]
  const keys = { p256dh: mine.pair.getPublicKey(), auth: mine.auth }
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (text) => {
      const sent = encryptPush(Buffer.from(text), keys)
      // A string of half a surrogate pair is no text: what is sent is what its bytes say.
      expect(decryptAsBrowser(sent, mine)).toBe(Buffer.from(text).toString())
      expect(() => decryptAsBrowser(sent, other)).toThrow(/unable to authenticate/i)
      sent[sent.length - 1]! ^= 1
      expect(() => decryptAsBrowser(sent, mine)).toThrow(/unable to authenticate/i)
    }),
    { numRuns: 30 },
  )
})

test('[N4] RFC 8292: a token for that service, for some hours, signed with the key the browser was shown', () => {
  const keys = newVapidKeys()
  const header = vapidHeader('https://push.example/x/y', keys, 'mailto:a@b.example', Date.now())
  expect(vapidMistake(header, keys.publicKey, 'https://push.example')).toBeNull()
  expect(vapidMistake(header, keys.publicKey, 'https://other.example')).toBe('for another service')
  expect(vapidMistake(header, newVapidKeys().publicKey, 'https://push.example')).toBe('another key')
  const forged = header.replace(/k=.*/, `k=${newVapidKeys().publicKey}`)
  expect(vapidMistake(forged, forged.split('k=')[1]!, 'https://push.example')).toBe('not signed')
  expect(isPair(keys)).toBe(true)
  expect(isPair({ ...keys, publicKey: newVapidKeys().publicKey })).toBe(false)
  expect(isPair({ ...keys, privateKey: 'none' })).toBe(false)
})

test.each([
  ['https://updates.push.services.mozilla.com/wpush/v2/x', null],
  ['http://updates.push.services.mozilla.com/x', /https/],
  ['https://user:secret@push.example/x', /password/],
  ['https://127.0.0.1/x', /private/],
  ['https://localhost/x', /private/],
  ['https://a.localhost/x', /private/],
  ['https://[::1]/x', /private/],
  ['https://10.0.0.7:8443/x', /private/],
  ['https://169.254.169.254/latest', /private/],
  ['https://[::ffff:10.0.0.1]/x', /private/],
  ['file:///etc/passwd', /https/],
  ['nonsense', /URL/],
])('[N4] %s: whoever follows an order opens no door of the restaurant’s own', (url, fault) => {
  const found = endpointFault(url, [])
  if (fault === null) expect(found).toBeNull()
  else expect(found).toMatch(fault)
  expect(endpointFault('http://10.0.0.7/x', ['10.0.0.7'])).toBeNull()
})

test('[N4] keys that are none are refused at the door', () => {
  const good = {
    endpoint: 'https://push.example/x',
    p256dh: Buffer.alloc(65, 4).toString('base64url'),
    auth: Buffer.alloc(16).toString('base64url'),
    page: 'token',
  }
  expect(subscriptionSchema.safeParse(good).success).toBe(true)
  for (const wrong of [{ p256dh: 'AAAA' }, { auth: 'AAAA' }, { auth: '' }, { p256dh: '§' }]) {
    expect(subscriptionSchema.safeParse({ ...good, ...wrong }).success).toBe(false)
  }
})
