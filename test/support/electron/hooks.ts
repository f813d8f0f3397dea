import { registerHooks } from 'node:module'

/** Loaded before the shell's main: whoever asks for `electron` is given the stand-in. */
const STAND_IN = new URL('./main-module.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: STAND_IN, shortCircuit: true } : next(specifier, context),
})
