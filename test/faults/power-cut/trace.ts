/** What the recorder wrote down (see record.c). */
export type TraceRecord =
  | {
      readonly kind: 'write'
      readonly name: string
      readonly offset: number
      readonly bytes: Buffer
    }
  | { readonly kind: 'truncate'; readonly name: string; readonly length: number }
  | { readonly kind: 'flush'; readonly name: string }
  | { readonly kind: 'unlink'; readonly name: string }

export function readTrace(trace: Buffer): TraceRecord[] {
  const records: TraceRecord[] = []
  for (let at = 0; at < trace.length;) {
    const kind = String.fromCharCode(trace[at]!)
    const nameLength = trace[at + 1]!
    const name = trace.toString('utf8', at + 2, at + 2 + nameLength)
    const head = at + 2 + nameLength
    const offset = Number(trace.readBigUInt64LE(head))
    const length = Number(trace.readBigUInt64LE(head + 8))
    const from = head + 16
    const bytes = kind === 'W' ? trace.subarray(from, from + length) : Buffer.alloc(0)
    at = from + bytes.length
    if (kind === 'W') records.push({ kind: 'write', name, offset, bytes })
    else if (kind === 'T') records.push({ kind: 'truncate', name, length: offset })
    else if (kind === 'S') records.push({ kind: 'flush', name })
    else if (kind === 'U') records.push({ kind: 'unlink', name })
    else throw new Error(`the trace holds a record of an unknown kind: ${kind}`)
  }
  return records
}
