import { config } from 'zod'

/**
 * Imported before any schema is made: zod would else try whether it may compile code at run time,
 * which the content security policy forbids, and the browser would report it each time.
 */
config({ jitless: true })
