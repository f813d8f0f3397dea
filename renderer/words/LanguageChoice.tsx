import { Toggle } from '../ui/Button.tsx'
import styles from './LanguageChoice.module.css'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from './languages.ts'
import { chooseLanguage, currentLanguage, say } from './say.ts'

interface LanguageChoiceProps {
  /** Absent: the screen speaks it from now on. */
  readonly onChoose?: (language: Language) => void
}

/** The languages of the screens, each in its own words. */
export function LanguageChoice({ onChoose = chooseOnScreen }: LanguageChoiceProps) {
  return (
    <div role="group" aria-label={say('common.language')} className={styles['languages']}>
      {LANGUAGES.map((language) => (
        <Toggle
          key={language}
          className={styles['language']}
          isSelected={language === currentLanguage()}
          onChange={() => onChoose(language)}
        >
          <bdi lang={language}>{LANGUAGE_NAMES[language]}</bdi>
        </Toggle>
      ))}
    </div>
  )
}

const chooseOnScreen = (language: Language) => void chooseLanguage(language)
