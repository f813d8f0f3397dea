import { languageOfStaff } from '../../domain/languages.ts'
import { useLive, type Live } from '../ui/live-store.ts'
import { speakWith } from '../words/say.ts'

/** The till speaks the language of whoever is signed in, and its own again after that. */
export function speakWithPeople(): void {
  let spoken = wantedBy(useLive.getState())
  useLive.subscribe((live) => {
    const wanted = wantedBy(live)
    if (wanted === spoken) return
    spoken = wanted
    void speakWith(wanted)
  })
}

const wantedBy = ({ signedIn, catalog }: Pick<Live, 'signedIn' | 'catalog'>) =>
  signedIn === null || catalog === null ? null : languageOfStaff(catalog, signedIn.staffId)
