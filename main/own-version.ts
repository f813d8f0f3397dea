import program from '../package.json' with { type: 'json' }

/** Taken in when the program is bundled: a packaged one has no such file beside it. */
export const OWN_VERSION: string = program.version
