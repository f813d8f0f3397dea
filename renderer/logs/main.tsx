import '../ui/tokens.css'
import { showScreen } from '../ui/start.tsx'
import { Logs } from './Logs.tsx'

showScreen(<Logs />)
