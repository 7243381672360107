import type { AnalysisFigure } from '../charts/figure'
import type { Table } from '../charts/table'
import { commandText } from './command-text'
import { answersPieces } from './answers-json'
import type { Report, ReportPicture, Section, Variant } from './report'
import { styleSheet } from './style-sheet'

/** Rows of a table that are printed; the rest is in the data at the end. */
const mostRows = 200

/**
 * A report as one HTML document that needs nothing beside itself: figures as inline SVG, their numbers as tables, and every
 * answer as JSON in `<script type="application/json" id="answers">`, in the form that the command line writes.
 */
export function reportHtml(report: Report): string {
  return [...htmlPieces(report)].join('')
}

/** The document in pieces, each made when it is asked for, so that a window can breathe between them. */
export function* htmlPieces(report: Report): Generator<string> {
  const { model, sections } = report
  yield lines(
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Carryscope report: ${text(model.name)}</title>`,
    `<style>${styleSheet}</style>`,
    '</head>',
    '<body>',
    `<nav aria-label="Figures"><ol>${sections.map(link).join('')}</ol></nav>`,
    '<main>',
    heading(report),
  )
  for (const section of sections) yield lines(sectionHtml(section, report))
  yield lines('</main>', '<script type="application/json" id="answers">')
  for (const piece of answersPieces(report)) yield piece.replaceAll('<', '\\u003c')
  yield lines('</script>', '</body>', '</html>')
}

function lines(...texts: readonly string[]): string {
  return texts.map((line) => `${line}\n`).join('')
}

function link({ figure }: Section): string {
  return `<li><a href="#${figure.id}">${text(figure.title)}</a></li>`
}

function heading({ model }: Report): string {
  const { config, reference, processing } = model
  const steps = Object.entries(processing).map(([name, on]) => `${name} ${on ? 'on' : 'off'}`)
  const shape = `${config.n_layers} layers, ${config.n_heads} heads, d_model ${config.d_model}, d_head ${config.d_head}, ${config.numDigits} digits`
  return [
    '<header>',
    `<h1>${text(model.name)}</h1>`,
    '<dl>',
    term('Model', shape),
    term('Weights, SHA-256', `<code>${model.sha256}</code>`),
    term('Processing', steps.join(', ')),
    term('Reference set', `${reference.size} sums, seed ${reference.seed}, SHA-256 <code>${reference.sha256}</code>`),
    '</dl>',
    '</header>',
  ].join('\n')
}

function sectionHtml({ figure, variants }: Section, { model }: Report): string {
  return [
    `<section id="${figure.id}">`,
    `<h2>${text(figure.title)}</h2>`,
    definitionHtml(figure),
    '<div class="variants">',
    ...variants.map((variant) =>
      variantHtml(figure, variant, commandText(variant.analysis, variant.params, model.config)),
    ),
    '</div>',
    '</section>',
  ].join('\n')
}

function definitionHtml({ cells, definition }: AnalysisFigure): string {
  const { formula, hook, over, layerNorm, unit, published } = definition
  return [
    '<dl>',
    term('Formula', text(formula)),
    term('Hook', `<code>${text(hook)}</code>`),
    term('Over', text(over)),
    term('LayerNorm', text(layerNorm)),
    term('Unit', text(unit)),
    ...(cells.length > 0 ? [term('Published notebook', `cell ${cells.join(', ')}`)] : []),
    ...(published === undefined ? [] : [term('Published figure', text(published))]),
    '</dl>',
  ].join('\n')
}

function variantHtml({ id }: AnalysisFigure, { caption, pictures }: Variant, command: string): string {
  return [
    '<div class="variant">',
    ...(caption ? [`<h3>${text(caption)}</h3>`] : []),
    '<div class="pictures">',
    ...pictures.map((picture) => pictureHtml(id, picture)),
    '</div>',
    `<p class="command"><code>${text(command)}</code></p>`,
    '</div>',
  ].join('\n')
}

function pictureHtml(id: string, { part, label, finding, svg, table }: ReportPicture): string {
  const caption = [part, finding].filter((words) => words !== undefined && words !== '').map((words) => text(words!))
  const numbers = tableHtml(table)
  return [
    `<figure data-figure="${id}" data-part="${text(part)}">`,
    svg === null ? numbers : svg.replace('<svg ', `<svg role="img" aria-label="${text(label)}" `),
    `<figcaption>${caption.join(': ') || text(label)}</figcaption>`,
    ...(svg === null ? [] : [`<details><summary>Numbers</summary>${numbers}</details>`]),
    '</figure>',
  ].join('\n')
}

function tableHtml({ caption, columns, rows }: Table): string {
  const cell = (value: string | number) =>
    typeof value === 'number' ? `<td class="number">${numberText(value)}</td>` : `<td>${text(value)}</td>`
  const rest = rows.length - mostRows
  return [
    '<table>',
    `<caption>${text(caption)}</caption>`,
    `<thead><tr>${columns.map((column) => `<th scope="col">${text(column)}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows
      .slice(0, mostRows)
      .map((row) => `<tr>${row.map(cell).join('')}</tr>`)
      .join('')}</tbody>`,
    '</table>',
    ...(rest > 0 ? [`<p>${rest} more rows are in the data of this report.</p>`] : []),
  ].join('')
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'n/a'
  return String(Number(value.toPrecision(5)))
}

function term(name: string, html: string): string {
  return `<div><dt>${name}</dt><dd>${html}</dd></div>`
}

function text(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
