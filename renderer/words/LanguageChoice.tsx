import { Toggle } from '../ui/Button.tsx'
import styles from './LanguageChoice.module.css'
import { LANGUAGE_NAMES, LANGUAGES } from './languages.ts'
import { chooseLanguage, currentLanguage, say } from './say.ts'

/** The languages of the screens, each in its own words. */
export function LanguageChoice() {
  return (
    <div role="group" aria-label={say('common.language')} className={styles['languages']}>
      {LANGUAGES.map((language) => (
        <Toggle
          key={language}
          className={styles['language']}
          isSelected={language === currentLanguage()}
          onChange={() => void chooseLanguage(language)}
        >
          <bdi lang={language}>{LANGUAGE_NAMES[language]}</bdi>
        </Toggle>
      ))}
    </div>
  )
}
