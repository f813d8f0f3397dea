import { createCalls } from './calls.ts'

/** The shell's end of the calls between it and the test that has the browser. */
const calls = createCalls({
  send: (message) => void process.send?.(message),
  onMessage: (listener) => void process.on('message', listener),
})

export const ask = calls.call
export const serve = calls.serve
