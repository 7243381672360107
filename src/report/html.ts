import { layoutText } from '../core/layout-text'
import type { AnyFigure } from '../charts/figure'
import { counted } from '../core/counted'
import { answersPieces } from './answers-json'
import { documentHead, jsonElement } from './html-document'
import { lines, term, text } from './markup'
import { PageStyle } from './page-style'
import type { Report, Section } from './report'
import { sectionHtml } from './section-html'
import { styleSheet } from './style-sheet'

/** The chapters: what figures are about, and last those over the checkpoints. */
const chapters = [
  { about: 'sum', title: 'One sum' },
  { about: 'dataset', title: 'Many sums' },
  { about: 'weights', title: 'The weights' },
  { about: 'training', title: 'Over the training' },
] as const

type Chapter = (typeof chapters)[number]['about']

function isIn(chapter: Chapter, { about, overSteps = false }: AnyFigure): boolean {
  return overSteps ? chapter === 'training' : chapter === about
}

/**
 * A report as one HTML document that needs nothing beside itself: figures as inline SVG, light or dark as the reader's system,
 * their numbers as tables, and every answer as JSON in `<script type="application/json" id="answers">`, in the form that the
 * command line writes.
 */
export function reportHtml(report: Report): string {
  return [...htmlPieces(report)].join('')
}

/** The document in pieces, each made when it is asked for, so that a window can breathe between them. */
export function* htmlPieces(report: Report): Generator<string> {
  const { model, sections } = report
  const style = new PageStyle()
  const numbered = chapters.flatMap(({ about }) => sections.filter(({ figure }) => isIn(about, figure)))
  const body: string[] = []
  for (const { about, title } of chapters) {
    const own = numbered.filter(({ figure }) => isIn(about, figure))
    if (own.length > 0) body.push(`<h2 id="${about}">${title}</h2>\n`)
    for (const section of own) {
      body.push(lines(sectionHtml(section, numbered.indexOf(section) + 1, model, style)))
      // Which colours there are is known when all figures are written down: the head comes after them.
      yield ''
    }
  }
  yield documentHead({ title: `Carryscope report: ${model.name}`, styles: styleSheet(style) })
  yield lines(contents(numbered), '<main>', heading(report))
  yield* body
  yield '</main>\n'
  yield* jsonElement('answers', answersPieces(report))
  yield lines('</body>', '</html>')
}

function contents(sections: readonly Section[]): string {
  const link = (section: Section) =>
    `<li value="${sections.indexOf(section) + 1}"><a href="#${section.figure.id}">${text(section.figure.title)}</a>`
  const chapter = (about: Chapter, title: string) => {
    const own = sections.filter(({ figure }) => isIn(about, figure))
    return own.length === 0 ? '' : `<a href="#${about}">${title}</a><ol>${own.map(link).join('')}</ol>`
  }
  return `<nav aria-label="Contents">${chapters.map(({ about, title }) => chapter(about, title)).join('\n')}</nav>`
}

function heading({ model, sections }: Report): string {
  const { config, reference, processing } = model
  const off = Object.entries(processing).flatMap(([name, on]) => (on ? [] : [name]))
  const shape = `${counted(config.n_layers, 'layer')} of ${counted(config.n_heads, 'head')}, d_model ${config.d_model}, d_head ${config.d_head}, ${layoutText(config.layout)}`
  const drawn = sections.flatMap(({ variants }) => variants.flatMap(({ pictures }) => pictures)).length
  return [
    '<header>',
    '<p>Carryscope report</p>',
    `<h1>${text(model.name)}</h1>`,
    '<dl>',
    term('Model', shape),
    term('Weights', `SHA-256 <code>${model.sha256}</code>`),
    term('Processing', off.length === 0 ? 'all of TransformerLens’s steps' : `all but ${off.join(', ')}`),
    term('Sums', `${reference.size}, seed ${reference.seed}; SHA-256 of their tokens <code>${reference.sha256}</code>`),
    term(
      'Figures',
      `${sections.length}, in ${drawn} pictures. Under each stands the command that gives its numbers, to be run with <code>--model FILE</code>; all numbers are in this file as JSON, under <code>#answers</code>.`,
    ),
    '</dl>',
    '</header>',
  ].join('\n')
}
