import type { ReadRecordEvent } from '../../db/fold-entries.ts'

/** What a device and its copy set under one stamp (rule L6), each as it may come first. */
export const setAtOneMoment = (): ReadRecordEvent[] => {
  const one = { kind: 'table', id: 'one', validFrom: '2026-06-01T00:00:00.000Z' } as const
  const stamp = { clock: 7, origin: 'twice', index: 0 }
  // The last two sort one way as UTF-16 and the other way as UTF-8.
  const names = ['a', 'b', 'ä', '\u{ffee}', '\u{1f354}']
  return [
    ...names.map(
      (name) => ({ event: { type: 'record.set', ...one, value: { name } }, stamp }) as const,
    ),
    { event: { type: 'record.set', ...one, value: null }, stamp },
    { event: { type: 'record.withdrawn', ...one }, stamp },
  ] as unknown as ReadRecordEvent[]
}

/** Each two of them, in both orders. */
export const bothOrders = (): readonly (readonly [ReadRecordEvent, ReadRecordEvent])[] => {
  const all = setAtOneMoment()
  return all.flatMap((a) => all.filter((b) => b !== a).map((b) => [a, b] as const))
}
