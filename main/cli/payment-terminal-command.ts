import { fail, text, type Command } from './command.ts'
import { portOf, untilSignal } from './run-commands.ts'

export const paymentTerminal: Command = {
  name: 'payment-terminal',
  summary:
    'Runs a simulated card terminal on this computer, which charges nobody.\nA till uses it by `payments.card_terminal` in its configuration.',
  options: { port: { type: 'string' }, seconds: { type: 'string' } },
  values: { port: 'N', seconds: 'N' },
  run: async ({ values }) => {
    const port = portOf(text(values, 'port') ?? '0')
    const { startSimulatedTerminal } = await import('../payments/simulated/terminal.ts')
    const presentMs = Number(text(values, 'seconds') ?? '3') * 1_000
    try {
      const terminal = await startSimulatedTerminal({ port, presentMs })
      const address = `127.0.0.1:${terminal.port}`
      process.stdout.write(`${JSON.stringify({ ready: true, address, pid: process.pid })}\n`)
      await untilSignal()
      await terminal.stop()
    } catch (error) {
      fail(`It cannot listen there: ${error instanceof Error ? error.message : 'unknown'}`)
    }
  },
}
