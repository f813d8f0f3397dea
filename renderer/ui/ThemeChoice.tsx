import { say } from '../words/say.ts'
import { Toggle } from './Button.tsx'
import type { Theme } from './theme.ts'
import styles from './ThemeChoice.module.css'

const THEMES: readonly Theme[] = ['light', 'dark']

interface ThemeChoiceProps {
  readonly theme: Theme
  readonly onChoose: (theme: Theme) => void
}

export function ThemeChoice({ theme, onChoose }: ThemeChoiceProps) {
  return (
    <div role="group" aria-label={say('till.theme')} className={styles['themes']}>
      {THEMES.map((one) => (
        <Toggle key={one} isSelected={one === theme} onChange={() => onChoose(one)}>
          {say(`till.${one}`)}
        </Toggle>
      ))}
    </div>
  )
}
