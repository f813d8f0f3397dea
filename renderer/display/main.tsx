import '../ui/tokens.css'
import { showScreen } from '../ui/start.tsx'
import { applyTheme, currentTheme } from '../ui/theme.ts'
import { Display } from './Display.tsx'

applyTheme(currentTheme())
showScreen(<Display />)
