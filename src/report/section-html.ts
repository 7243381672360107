import type { AnyFigure, FixedFigure } from '../charts/figure'
import { closureText } from '../charts/drawing/closure'
import type { Table } from '../charts/drawing/table'
import { shortText } from '../charts/drawing/number-text'
import type { ModelInfo } from '../contract/contract'
import { transformerLensSnippet } from '../snippets/transformer-lens-snippet'
import { commandText, layoutToSay } from './command-text'
import type { EverySumSection } from './every-sum-sections'
import { term, text } from './markup'
import type { PageStyle } from './page-style'
import type { Section, Variant } from './report'
import type { ReportPicture } from './report-picture'

/** Rows of a table that are printed; the rest is in the data at the end. */
const mostRows = 60

/** A figure's section: its number, definition, pictures, and for each answer the command and the code that give it. */
export function sectionHtml({ figure, variants }: Section, number: number, model: ModelInfo, style: PageStyle): string {
  const written = variants.map((variant) => variantHtml(figure, variant, model, style))
  return framed(figure, number, written)
}

/** The same for a figure of every sum. */
export function everySumSectionHtml({ figure, variants }: EverySumSection, number: number, style: PageStyle): string {
  return framed(
    figure,
    number,
    variants.map(({ caption, command, picture }) =>
      [
        `<div class="variant"><h4>${text(caption)}</h4>`,
        `<div class="pictures">${pictureHtml(figure.id, picture, style)}</div>`,
        `<p class="command"><code>${text(command)}</code></p></div>`,
      ].join('\n'),
    ),
  )
}

function framed(figure: FixedFigure, number: number, variants: readonly string[]): string {
  return [
    `<section id="${figure.id}">`,
    `<h3><a href="#${figure.id}"><span>${number}</span> ${text(figure.title)}</a></h3>`,
    '<div class="variants">',
    ...variants,
    '</div>',
    definitionHtml(figure),
    '</section>',
  ].join('\n')
}

function definitionHtml({ cells = [], definition }: FixedFigure): string {
  const { formula, hook, over, layerNorm, unit, published } = definition
  return [
    '<dl class="definition">',
    term('Formula', text(formula)),
    term('Read at', `<code>${text(hook)}</code>`),
    term('Over', text(over)),
    term('LayerNorm', text(layerNorm)),
    term('Unit', text(unit)),
    ...(cells.length > 0 ? [term('Notebook', `cell ${cells.join(', ')}`)] : []),
    ...(published === undefined ? [] : [term('As published', `<span class="published">✕ ${text(published)}</span>`)]),
    '</dl>',
  ].join('\n')
}

function variantHtml(figure: AnyFigure, variant: Variant, model: ModelInfo, style: PageStyle): string {
  const { analysis, params, caption, pictures, overSteps } = variant
  // The page may be handed to others, whom the folders of this machine do not concern.
  const code = transformerLensSnippet({ id: analysis, params, model: named(model) })
  const isPublished = params.definition === 'notebook'
  return [
    `<div class="variant" data-analysis="${analysis}">`,
    ...(caption
      ? [`<h4${isPublished ? ' class="published"' : ''}>${isPublished ? '✕ ' : ''}${text(caption)}</h4>`]
      : []),
    '<div class="pictures">',
    ...pictures.map((picture) => pictureHtml(figure.id, picture, style)),
    '</div>',
    `<p class="command"><code>${text(commandText(analysis, params, model.config, null, layoutToSay(model), overSteps))}</code></p>`,
    `<details><summary>TransformerLens code${overSteps ? ', of one checkpoint' : ''}</summary><pre>${text(code)}</pre></details>`,
    '</div>',
  ].join('\n')
}

/** A picture with what it says and its numbers. */
export function pictureHtml(id: string, picture: ReportPicture, style: PageStyle): string {
  const { part, label, finding, closure, table } = picture
  const caption = [part, finding].filter((words) => words !== undefined && words !== '').map((words) => text(words!))
  const numbers = tableHtml(table)
  const drawing = svgHtml(picture, style)
  return [
    `<figure data-figure="${id}" data-part="${text(part)}">`,
    drawing ?? numbers,
    `<figcaption>${caption.join(': ') || text(label)}${closure ? ` <small>${text(closureText(closure))}</small>` : ''}</figcaption>`,
    ...(drawing === null ? [] : [`<details><summary>Numbers</summary>${numbers}</details>`]),
    '</figure>',
  ].join('\n')
}

/** In the reader's colours, or on a sheet of its own where these take more than colours. */
function svgHtml({ label, svg, dark }: ReportPicture, style: PageStyle): string | null {
  if (svg === null) return null
  const joined = dark === null ? null : style.join(svg, dark)
  return (joined ?? svg).replace('<svg ', `<svg role="img" aria-label="${text(label)}" `)
}

/** Numbers as they are. Without the end tags that HTML lets be left out: most of a report's tags are these. */
function tableHtml({ caption, columns, units, rows }: Table): string {
  const heads = columns.map(
    (name, column) => `<th scope="col">${text(units?.[column] ? `${name}, ${units[column]}` : name)}`,
  )
  const cell = (value: string | number) => `<td>${typeof value === 'number' ? shortText(value) : text(value)}`
  const shown = rows.slice(0, mostRows).map((row) => `<tr>${row.map(cell).join('')}`)
  const rest = rows.length - mostRows
  return [
    `<table><caption>${text(caption)}</caption>`,
    `<thead><tr>${heads.join('')}<tbody>${shown.join('')}</table>`,
    ...(rest > 0 ? [`<p>${rest} more rows are in the data of this report.</p>`] : []),
  ].join('')
}

/** A report goes to others: the model's file by its name alone, within the folder that was opened. */
function named(model: ModelInfo): ModelInfo {
  const { name, path, stored } = model
  const within = path !== null && stored.path !== null ? stored.path.slice(path.length) : ''
  return { ...model, path: name, stored: { ...stored, path: name + within } }
}
