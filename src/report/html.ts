import { layoutText } from '../core/layout-text'
import type { FixedFigure } from '../charts/figure'
import { counted } from '../core/counted'
import { answersPieces } from './answers-json'
import { everySumPieces } from './every-sum-sections'
import { documentHead, jsonElement } from './html-document'
import { lines, term, text } from './markup'
import { PageStyle } from './page-style'
import type { Report } from './report'
import { everySumSectionHtml, sectionHtml } from './section-html'
import { styleSheet } from './style-sheet'

/** The chapters: what figures are about, and last those over the checkpoints. */
const chapters = [
  { about: 'sum', title: 'One sum' },
  { about: 'dataset', title: 'Many sums' },
  { about: 'every', title: 'Every sum there is' },
  { about: 'weights', title: 'The weights' },
  { about: 'training', title: 'Over the training' },
] as const

type Chapter = (typeof chapters)[number]['about']

/** A section as far as its place and its number go. */
interface Entry {
  readonly about: Chapter
  readonly figure: FixedFigure
  readonly pictures: number
  readonly html: (number: number, style: PageStyle) => string
}

function entriesOf({ model, sections, everySumSections }: Report): readonly Entry[] {
  const all: readonly Entry[] = [
    ...sections.map((section) => ({
      about: section.figure.overSteps ? ('training' as const) : section.figure.about,
      figure: section.figure,
      pictures: section.variants.flatMap(({ pictures }) => pictures).length,
      html: (number: number, style: PageStyle) => sectionHtml(section, number, model, style),
    })),
    ...everySumSections.map((section) => ({
      about: 'every' as const,
      figure: section.figure,
      pictures: section.variants.length,
      html: (number: number, style: PageStyle) => everySumSectionHtml(section, number, style),
    })),
  ]
  return chapters.flatMap(({ about }) => all.filter((entry) => entry.about === about))
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
  const { model, everySum } = report
  const style = new PageStyle()
  const numbered = entriesOf(report)
  const body: string[] = []
  for (const { about, title } of chapters) {
    const own = numbered.filter((entry) => entry.about === about)
    if (own.length > 0) body.push(`<h2 id="${about}">${title}</h2>\n`)
    for (const entry of own) {
      body.push(lines(entry.html(numbered.indexOf(entry) + 1, style)))
      // Which colours there are is known when all figures are written down: the head comes after them.
      yield ''
    }
  }
  yield documentHead({ title: `Carryscope report: ${model.name}`, styles: styleSheet(style) })
  yield lines(contents(numbered), '<main>', heading(report, numbered))
  yield* body
  yield '</main>\n'
  yield* jsonElement('answers', answersPieces(report))
  if (everySum.length > 0) yield* jsonElement('every-sum-data', everySumPieces(everySum, model))
  yield lines('</body>', '</html>')
}

function contents(numbered: readonly Entry[]): string {
  const link = (entry: Entry) =>
    `<li value="${numbered.indexOf(entry) + 1}"><a href="#${entry.figure.id}">${text(entry.figure.title)}</a>`
  const chapter = (about: Chapter, title: string) => {
    const own = numbered.filter((entry) => entry.about === about)
    return own.length === 0 ? '' : `<a href="#${about}">${title}</a><ol>${own.map(link).join('')}</ol>`
  }
  return `<nav aria-label="Contents">${chapters.map(({ about, title }) => chapter(about, title)).join('\n')}</nav>`
}

function heading({ model, everySum }: Report, numbered: readonly Entry[]): string {
  const { config, reference, processing } = model
  const off = Object.entries(processing).flatMap(([name, on]) => (on ? [] : [name]))
  const shape = `${counted(config.n_layers, 'layer')} of ${counted(config.n_heads, 'head')}, d_model ${config.d_model}, d_head ${config.d_head}, ${layoutText(config.layout)}`
  const drawn = numbered.reduce((sum, { pictures }) => sum + pictures, 0)
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
      `${numbered.length}, in ${drawn} pictures. Under each stands the command that gives its numbers, to be run with <code>--model FILE</code>; all numbers are in this file as JSON, under <code>#answers</code>${everySum.length > 0 ? ' and <code>#every-sum-data</code>' : ''}.`,
    ),
    '</dl>',
    '</header>',
  ].join('\n')
}
