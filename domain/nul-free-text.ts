/**
 * PostgreSQL's text holds no NUL, and an entry or a name that contains one must not block a store's
 * upload for ever. So NUL becomes U+0001 U+0001 and U+0001 becomes U+0001 U+0002: reversible, and
 * two strings sort in the same binary order as before. Neither character is ever typed, and in valid
 * JSON neither stands unescaped, so what people read in the database is what was written.
 *
 * Half a surrogate pair has no UTF-8 form; it becomes U+FFFD here as it does in SQLite and in the
 * hash.
 */
export function toPgText(text: string): string {
  const wellFormed = text.toWellFormed()
  if (!wellFormed.includes('\u0000') && !wellFormed.includes('\u0001')) return wellFormed
  return wellFormed.replaceAll('\u0001', '\u0001\u0002').replaceAll('\u0000', '\u0001\u0001')
}

export function fromPgText(stored: string): string {
  if (!stored.includes('\u0001')) return stored
  return stored.replaceAll('\u0001\u0001', '\u0000').replaceAll('\u0001\u0002', '\u0001')
}
