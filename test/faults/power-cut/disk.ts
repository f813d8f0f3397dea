import type { TraceRecord } from './trace.ts'

/** What a disk may write or lose as a whole. */
const SECTOR = 512
/** How the recorder names the folder itself. */
const FOLDER = '.'

interface DiskFile {
  /** What a flush has promised; absent: the file was not there. */
  durable: Buffer | null
  /** What came since, in order. */
  pending: TraceRecord[]
}

/**
 * A disk that keeps its promises and no more: what was flushed stays; of what was written since, a
 * power cut leaves any part, in sectors, and in any order.
 */
export interface Disk {
  readonly apply: (record: TraceRecord) => void
  /** The files as the next start may find them. `chance` gives numbers from 0 to below 1. */
  readonly cutPower: (chance: () => number) => Map<string, Buffer>
  /** Everything that was written, flushed or not. */
  readonly contentOf: (name: string) => Buffer
}

export function createDisk(): Disk {
  const files = new Map<string, DiskFile>()
  const fileOf = (name: string): DiskFile => {
    const file = files.get(name) ?? { durable: null, pending: [] }
    files.set(name, file)
    return file
  }

  function apply(record: TraceRecord): void {
    const file = fileOf(record.name)
    if (record.kind === 'flush' && record.name === FOLDER) {
      for (const each of files.values()) settleRemoval(each)
    } else if (record.kind === 'flush') {
      file.durable = file.pending.reduce(applied, file.durable) ?? Buffer.alloc(0)
      file.pending = []
    } else file.pending.push(record)
  }

  function cutPower(chance: () => number): Map<string, Buffer> {
    const left = new Map<string, Buffer>()
    for (const [name, { durable, pending }] of files) {
      let content = durable
      for (const record of pending) {
        const fate = chance()
        if (fate < 1 / 3) continue
        content = applied(content, fate < 2 / 3 ? record : torn(record, chance))
      }
      if (content !== null) left.set(name, content)
    }
    return left
  }

  return {
    apply,
    cutPower,
    contentOf: (name) => {
      const { durable, pending } = fileOf(name)
      return pending.reduce(applied, durable) ?? Buffer.alloc(0)
    },
  }
}

/** A flushed folder has forgotten what was removed from it; what came after is as open as before. */
function settleRemoval(file: DiskFile): void {
  const removed = file.pending.findLastIndex((record) => record.kind === 'unlink')
  if (removed < 0) return
  file.durable = null
  file.pending = file.pending.slice(removed + 1)
}

function applied(content: Buffer | null, record: TraceRecord): Buffer | null {
  switch (record.kind) {
    case 'write': {
      const before = content ?? Buffer.alloc(0)
      const end = record.offset + record.bytes.length
      // Copied where the bytes are shared with what was durable before.
      const next = Buffer.alloc(Math.max(before.length, end))
      before.copy(next)
      record.bytes.copy(next, record.offset)
      return next
    }
    case 'truncate': {
      const next = Buffer.alloc(record.length)
      content?.copy(next, 0, 0, Math.min(content.length, record.length))
      return next
    }
    case 'unlink':
      return null
    case 'flush':
      return content
  }
}

/** Some sectors of a write, the others lost. */
function torn(record: TraceRecord, chance: () => number): TraceRecord {
  if (record.kind !== 'write') return record
  const first = Math.ceil(record.offset / SECTOR) * SECTOR - record.offset
  const cut = first + Math.floor((chance() * record.bytes.length) / SECTOR) * SECTOR
  return { ...record, bytes: record.bytes.subarray(0, Math.min(cut, record.bytes.length)) }
}
