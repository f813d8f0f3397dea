import { afterEach, expect, test, vi } from 'vitest'
import { emptyCatalog } from '../../domain/catalog.ts'
import { useLive } from '../ui/live-store.ts'
import { chooseLanguage, currentLanguage } from '../words/say.ts'
import { speakWithPeople } from './person-language.ts'

afterEach(() => chooseLanguage('en'))

/** What is spoken once the texts of a language are here. */
const settled = (language: string): Promise<string> =>
  vi.waitUntil(() => (currentLanguage() === language ? language : null), 10_000)

test('[X10] the till speaks the language of whoever is signed in, and its own again after that', async () => {
  const catalog = emptyCatalog()
  catalog.staff_language.set('maria', { language: 'es' })
  useLive.setState({ catalog, signedIn: null })
  speakWithPeople()
  const maria = { staffId: 'maria', name: 'Maria', role: 'cashier' } as const
  useLive.setState({ signedIn: maria })
  expect(await settled('es')).toBe('es')
  // Somebody who has chosen none takes the till as it is.
  useLive.setState({ signedIn: { ...maria, staffId: 'tom' } })
  expect(await settled('en')).toBe('en')
  useLive.setState({ signedIn: maria })
  expect(await settled('es')).toBe('es')
  const changed = { ...catalog, staff_language: new Map([['maria', { language: 'ar' } as const]]) }
  useLive.setState({ catalog: changed })
  expect(await settled('ar')).toBe('ar')
  useLive.setState({ signedIn: null })
  expect(await settled('en')).toBe('en')
})
