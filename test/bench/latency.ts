export async function benchLatency(_f: string): Promise<void> {}
