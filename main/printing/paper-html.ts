import { piecesOf, widthOf, type Paper, type PaperLine } from '../../protocol/paper.ts'

/** The same paper for people who look before they print, and for a browser's own print. */
export function paperToHtml({ columns, lines, language = 'en' }: Paper, title: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body><main style="width:${columns}ch">
${lines.map(lineToHtml).join('\n')}
</main></body>
</html>
`
}

/** No line breaks and no spaces are lost: what stands in a column stands there on paper. */
export const paperToText = ({ lines }: Paper): string =>
  `${lines.map(({ text }) => text.trimEnd()).join('\n')}\n`

const STYLE = `body{margin:0;background:#fff;color:#000}
main{margin:16px auto;font:16px/1.3 ui-monospace,Consolas,monospace}
p{margin:0;white-space:pre;min-height:1.3em}
.b{font-weight:700}.i{background:#000;color:#fff;width:max-content}
.tall{font-size:1.4em;transform-origin:left}.large{font-size:2em;line-height:1.15}
.tall span{display:inline-block;transform:scaleX(.714);transform-origin:left}
@media print{main{margin:0}@page{margin:4mm}}`

function lineToHtml({ text, size, isBold, isInverted }: PaperLine): string {
  const classes = [
    isBold && 'b',
    isInverted && 'i',
    widthOf(size) === 2 ? 'large' : size === 'tall' && 'tall',
  ].filter((name) => name !== false)
  const pieces = piecesOf(text)
  const set =
    pieces.length === 1
      ? escaped(text)
      : pieces.map((piece) => `<bdi dir="ltr">${escaped(piece)}</bdi>`).join('')
  const inner = size === 'tall' ? `<span>${set}</span>` : set
  return classes.length === 0 ? `<p>${inner}</p>` : `<p class="${classes.join(' ')}">${inner}</p>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
