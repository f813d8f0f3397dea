/**
 * The SQLite binding crashes the whole process on older versions of Node, without a word. The
 * first thing every program of ours does is to look, and to say what is wrong instead.
 */
const OLDEST = { major: 22, minor: 14 }

/** True where a version such as `24.21.0` is new enough. */
export function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)
}

/** Ends the process with a clear line where this Node is too old to run the point of sale. */
export function assertNodeVersion(version: string = process.versions.node): void {
  if (isSupportedNode(version)) return
  process.stderr.write(
    `AuraConnect POS needs Node ${OLDEST.major}.${OLDEST.minor} or newer, and this is ${version}. ` +
      'The right one comes with `npm ci`: start the programs through npm (`npm start`, ' +
      '`npm run -s aura -- COMMAND`), which finds it before any other.\n',
  )
  process.exit(1)
}
