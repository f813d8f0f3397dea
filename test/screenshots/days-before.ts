/** So many days that are over, the earliest first. */
export function daysBefore(count: number): string[] {
  const todayMs = Date.now()
  return Array.from({ length: count }, (_, place) =>
    new Date(todayMs - (count - place) * 86_400_000).toISOString().slice(0, 10),
  )
}
