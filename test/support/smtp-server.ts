import { createServer, type AddressInfo, type Socket } from 'node:net'

/** A mail server on loopback that speaks as much of SMTP (RFC 5321, AUTH PLAIN) as a client needs. */
export interface SmtpServer {
  readonly port: number
  readonly mails: readonly ReceivedMail[]
  /** What it answers to the next recipients instead of taking them: `451 later`. */
  readonly refuseNext: (answer: string, times: number) => void
  readonly close: () => Promise<void>
}

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  readonly login: string | null
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

export async function startSmtpServer(): Promise<SmtpServer> {
  const mails: ReceivedMail[] = []
  const sockets = new Set<Socket>()
  let refusal = { answer: '', times: 0 }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    let [from, login] = ['', null as string | null]
    let to: string[] = []
    let data: string[] | null = null
    let rest = ''
    const say = (line: string) => void socket.write(`${line}\r\n`)

    function take(line: string): void {
      if (data !== null) {
        if (line !== '.') return void data.push(line.startsWith('..') ? line.slice(1) : line)
        mails.push({ from, to, login, ...parsed(data) })
        ;[data, to] = [null, []]
        return say('250 2.0.0 taken')
      }
      const [verb = '', ...words] = line.split(' ')
      const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
      switch (verb.toUpperCase()) {
        case 'EHLO':
          socket.write('250-test\r\n250-8BITMIME\r\n')
          return say('250 AUTH PLAIN')
        case 'AUTH':
          login = Buffer.from(words[1] ?? '', 'base64')
            .toString()
            .split('\0')
            .slice(1)
            .join(':')
          return say('235 2.7.0 welcome')
        case 'MAIL':
          from = address
          return say('250 2.1.0 go on')
        case 'RCPT': {
          if (refusal.times > 0) {
            refusal = { ...refusal, times: refusal.times - 1 }
            return say(refusal.answer)
          }
          to.push(address)
          return say('250 2.1.5 go on')
        }
        case 'DATA':
          data = []
          return say('354 end with a dot')
        case 'RSET':
          to = []
          return say('250 2.0.0 forgotten')
        case 'QUIT':
          say('221 2.0.0 bye')
          return void socket.end()
        default:
          return say('502 5.5.1 no')
      }
    }

    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('utf8')).split('\r\n')
      rest = lines.pop() ?? ''
      lines.forEach(take)
    })
    say('220 test ESMTP')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    refuseNext: (answer, times) => {
      refusal = { answer, times }
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Headers by their names in lower case, continued lines joined. */
function parsed(lines: readonly string[]): Pick<ReceivedMail, 'headers' | 'body'> {
  const end = lines.indexOf('')
  const text = lines
    .slice(0, end)
    .join('\n')
    .replaceAll(/\n[ \t]+/g, ' ')
  const headers = new Map(
    text.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  return { headers, body: lines.slice(end + 1).join('\n') }
}
