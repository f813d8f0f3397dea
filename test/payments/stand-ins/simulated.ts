import { createSimulatedProvider } from '../../../main/payments/simulated/provider.ts'
import { startSimulatedTerminal } from '../../../main/payments/simulated/terminal.ts'
import type { StandIn, StandInOptions } from './stand-in.ts'

export async function standInSimulated(options: StandInOptions): Promise<StandIn> {
  const terminal = await startSimulatedTerminal(options)
  const provider = createSimulatedProvider({ host: '127.0.0.1', port: terminal.port })
  return { provider, charged: terminal.charged, stop: terminal.stop }
}
