import { verifyCopies } from '../../db/sqlite/verify.ts'
import type { Device } from './device.ts'
import { createDisk } from './disk.ts'
import type { Random } from './random.ts'
import { hold } from './violation.ts'

const NEWEST = 3

/**
 * A bit of the stored log flips, as it does on worn-out cards. The device does not notice by itself;
 * what it sends of that entry, nobody takes (rule L3), and `aura verify` names it.
 */
export function flipBit(device: Device, random: Random): string | null {
  const { raw } = device.disk.plain
  const ids = raw.prepare<[], number>('SELECT id FROM entries ORDER BY clock').pluck().all()
  if (ids.length === 0) return null
  // What has just been written is what others do not have yet.
  const id = random.pick(random.chance(0.6) ? ids.slice(-NEWEST) : ids)
  const column = random.pick(['body', 'body', 'actor', 'command_id', 'hash'] as const)
  const cell = raw
    .prepare<[number], Buffer>(`SELECT CAST(${column} AS BLOB) FROM entries WHERE id = ?`)
    .pluck()
    .get(id)
  if (cell === undefined || cell.length === 0) return null
  const at = random.below(cell.length)
  // The highest bit stays: without it, text is text.
  cell[at] = (cell[at] ?? 0) ^ (1 << random.below(7))
  const value = column === 'hash' ? cell : cell.toString('latin1')
  raw.prepare(`UPDATE entries SET ${column} = ? WHERE id = ?`).run(value, id)
  return `${column} of ${id}`
}

/** Somebody runs `aura verify`. */
export function checkVerify(device: Device): void {
  const image = device.disk.image()
  const [found, anew] = [createDisk(image, undefined), createDisk(image, undefined)]
  try {
    const { ok } = verifyCopies(found.plain, anew.plain)
    hold('L3', !ok, () => `on ${device.place} a bit has flipped, and nobody sees it`)
  } finally {
    found.close()
    anew.close()
  }
}
