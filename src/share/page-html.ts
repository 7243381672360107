import { counted } from '../core/counted'
import { layoutText } from '../core/layout-text'
import { answersPieces } from '../report/answers-json'
import { documentHead, jsonElement } from '../report/html-document'
import { lines, term, text } from '../report/markup'
import { PageStyle } from '../report/page-style'
import { pictureHtml } from '../report/section-html'
import { modelText } from '../report/subject-text'
import { verdictCounts, verdictSigns } from '../tour/verdict'
import { pageScript } from './page-script'
import { pageStyleSheet } from './page-style-sheet'
import type { DrawnPage, DrawnPicture, Fact, SharedState, Verdict } from './shared-page'

/** Nothing is fetched, whatever is in the page. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/**
 * States to step through as one HTML document that needs nothing beside itself and asks nobody for anything: pictures as inline SVG,
 * light or dark as the reader's system, numbers as text and tables, and every answer as JSON in
 * `<script type="application/json" id="answers">`, as a report has it. Without scripts, and on paper, all states stand below each
 * other. In pieces, each made when it is asked for, so that a window can breathe between them.
 */
export function* pagePieces(page: DrawnPage): Generator<string> {
  const { title, states, data } = page
  const style = new PageStyle()
  const body: string[] = [contents(page)]
  for (const [index, state] of states.entries()) {
    body.push(stateHtml(state, index + 1, style))
    // Which colours there are is known when all pictures are written down: the head comes after them.
    yield ''
  }
  yield documentHead({ title: `${title} · Carryscope`, styles: pageStyleSheet(style), policy })
  yield lines(
    '<nav id="steps" aria-label="Steps" hidden>',
    '<button type="button" id="back">← Back</button>',
    '<span id="place" role="status"></span>',
    '<button type="button" id="on">Next →</button>',
    '</nav>',
    '<main>',
  )
  yield* body.map((part) => `${part}\n`)
  yield '</main>\n'
  for (const [id, value] of Object.entries(data)) yield* jsonElement(id, [JSON.stringify(value)])
  yield* jsonElement('answers', answersPieces(page))
  yield lines(`<script>${pageScript}</script>`, '</body>', '</html>')
}

function contents({ title, line, model, states }: DrawnPage): string {
  const { config } = model
  const shape = `${counted(config.n_layers, 'layer')} of ${counted(config.n_heads, 'head')}, d_model ${config.d_model}, ${layoutText(config.layout)}`
  const counts = verdictCounts(states.map(({ verdict }) => verdict?.kind))
  const link = ({ title: name, verdict }: SharedState<unknown>, index: number) =>
    `<li><a href="#s${index + 1}">${text(name)}</a>${verdict ? ` ${verdictHtml(verdict)}` : ''}</li>`
  return [
    '<section id="s0" aria-labelledby="h0">',
    `<h1 id="h0" tabindex="-1">${text(title)}</h1>`,
    `<p class="line">${text(line)}</p>`,
    '<dl>',
    term('Model', `${text(modelText(model))}; ${text(shape)}`),
    ...(counts === '' ? [] : [term('Verdicts', counts)]),
    '</dl>',
    `<ol class="contents">${states.map(link).join('\n')}</ol>`,
    '</section>',
  ].join('\n')
}

function stateHtml(state: SharedState<DrawnPicture>, number: number, style: PageStyle): string {
  const { title, line, verdict, facts, pictures } = state
  return [
    `<section id="s${number}" aria-labelledby="h${number}">`,
    `<h2 id="h${number}" tabindex="-1"><span>${number}</span> ${text(title)}</h2>`,
    `<p class="line">${text(line)}</p>`,
    `<div class="state${pictures.length > 1 ? ' two' : ''}">`,
    ...(pictures.length > 0
      ? [
          `<div class="pictures">${pictures.map((one, index) => framed(one, `${number}-${index}`, style)).join('\n')}</div>`,
        ]
      : []),
    '<div class="facts">',
    ...(verdict ? [`<p>${verdictHtml(verdict)}</p>`] : []),
    `<dl>${facts.map(factHtml).join('\n')}</dl>`,
    '</div>',
    '</div>',
    '</section>',
  ].join('\n')
}

/** The same picture may stand in several states: `key` tells its elements apart. */
function framed({ figure, caption, picture }: DrawnPicture, key: string, style: PageStyle): string {
  const heading = `<h3>${text(figure.title)}${caption === '' ? '' : ` <span>${text(caption)}</span>`}</h3>`
  // In a page of HTML an SVG needs no namespace.
  const html = pictureHtml(figure.id, picture, style)
    .replaceAll(/ xmlns(:\w+)?="[^"]*"/g, '')
    .replaceAll(/\bzr[0-9a-f]{8}-/g, (id) => `${id}${key}-`)
  return `<div class="picture">${heading}\n${html}</div>`
}

function factHtml({ name, text: content, code = false }: Fact): string {
  return term(text(name), code ? `<code>${text(content)}</code>` : text(content))
}

function verdictHtml({ kind, numbers }: Verdict): string {
  const said = numbers === '' ? '' : ` <b>${text(numbers)}</b>`
  return `<span class="verdict ${kind.replace(' ', '-')}">${verdictSigns[kind]} ${kind}</span>${said}`
}
