import { headLabels } from '../../core/heads'
import type { Tensor } from '../../core/tensor'
import type { Site } from '../../model/intervention'
import type { Display } from '../drawing/display'
import type { Drawing } from '../drawing/drawing'
import { heatMapDrawing } from '../kinds/heat-map'
import type { Note } from '../drawing/note'
import { signedText } from '../drawing/number-text'
import { symmetricLimit } from '../drawing/palette'
import { leastLossLimit } from './loss-scale'
import type { Table } from '../drawing/table'

/**
 * What heads, or their queries, keys and values, are worth over a set of sums: the loss with one of them replaced less the
 * loss without that, in nats. Blue: it helped, red: it stood in the way. Rows are heads and columns sites, or, digit by
 * digit, rows are sites of heads and columns answer digits with their mean last.
 */
export interface AblationInput {
  /** Sites q, k, v or result. */
  readonly lossDiff: Tensor<readonly ['site', 'layer', 'head']>
  readonly lossDiffPerDigit: Tensor<readonly ['site', 'layer', 'head', 'digit']>
  readonly detail: AblationDetail
  /** The column that the rows are sorted by, its largest first; by head where there is no such column. */
  readonly order: string
  /** The answer digit whose column is named in the accent colour; null for none. */
  readonly focus: number | null
}

export const ablationDetails = ['overall', 'by digit'] as const
export type AblationDetail = (typeof ablationDetails)[number]

/** One cut and what it costs. */
export interface AblationCell {
  readonly site: CutSite
  readonly layer: number
  readonly head: number
  /** `C1`, or `mean` for all answer digits together. */
  readonly digit: string
  /** Nats; NaN while it is not known. */
  readonly value: number
}

/** The name of a column, which sorts by it. */
export interface ColumnName {
  readonly column: string
}

export type AblationDatum = AblationCell | ColumnName
export type CutSite = Extract<Site, 'result' | 'q' | 'k' | 'v'>

export interface AblationRow {
  readonly name: string
  readonly cells: readonly AblationCell[]
}

export const siteNames: Readonly<Record<CutSite, string>> = { result: 'Out', q: 'Q', k: 'K', v: 'V' }
const meanColumn = 'mean'

export function isColumnName(datum: AblationDatum): datum is ColumnName {
  return 'column' in datum
}

/** What rows can be sorted by. */
export function ablationColumns(input: AblationInput): readonly string[] {
  if (input.detail === 'overall') return sitesOf(input).map((site) => siteNames[site])
  return [...digitsOf(input), meanColumn]
}

export function ablationDrawing(input: AblationInput, display: Display): Drawing<AblationDatum> {
  const rows = ablationRows(input)
  const columns = ablationColumns(input)
  const cells = rows.flatMap(({ cells }) => cells.map((datum) => ({ value: datum.value, datum })))
  const limit = symmetricLimit(
    cells.map(({ value }) => value),
    2,
    leastLossLimit,
  )
  return heatMapDrawing<AblationDatum>(
    {
      rows: rows.map(({ name }) => name),
      columns,
      cells,
      limit,
      bold: meanColumn,
      sorted: input.order,
      columnData: columns.map((column) => ({ column })),
      scale: true,
      ...(input.focus !== null && { accent: `C${input.focus}` }),
    },
    display,
  )
}

/** The rows in the chosen order. What is not known comes last. */
export function ablationRows(input: AblationInput): AblationRow[] {
  const [, layers, heads] = input.lossDiff.shape as [number, number, number]
  const sites = sitesOf(input)
  const places = headLabels(layers, heads).map((name, index) => {
    return { name, layer: Math.floor(index / heads), head: index % heads }
  })
  const rows = places.flatMap(({ name, ...place }): AblationRow[] => {
    if (input.detail === 'overall') return [{ name, cells: sites.map((site) => cellOf(input, site, place, null)) }]
    return sites.map((site) => ({
      name: sites.length === 1 ? name : `${name} ${siteNames[site]}`,
      cells: [...digitsOf(input).keys(), null].map((digit) => cellOf(input, site, place, digit)),
    }))
  })
  const column = ablationColumns(input).indexOf(input.order)
  if (column < 0) return rows
  const rank = ({ cells }: AblationRow) => (Number.isNaN(cells[column]!.value) ? -Infinity : cells[column]!.value)
  return rows.toSorted((one, other) => rank(other) - rank(one))
}

function sitesOf({ lossDiff }: AblationInput): readonly CutSite[] {
  return (lossDiff.labels.site ?? []) as readonly CutSite[]
}

function digitsOf({ lossDiffPerDigit }: AblationInput): readonly string[] {
  return lossDiffPerDigit.labels.digit ?? []
}

type Place = Pick<AblationCell, 'layer' | 'head'>

function cellOf(input: AblationInput, site: CutSite, place: Place, digit: number | null): AblationCell {
  const { lossDiff, lossDiffPerDigit } = input
  const [, layers, heads] = lossDiff.shape as [number, number, number]
  const at = (sitesOf(input).indexOf(site) * layers + place.layer) * heads + place.head
  const digits = digitsOf(input)
  const value = digit === null ? lossDiff.data[at] : lossDiffPerDigit.data[at * digits.length + digit]
  return { site, ...place, digit: digit === null ? meanColumn : digits[digit]!, value: value ?? NaN }
}

export function ablationNote(datum: AblationDatum, cut: string): Note {
  if (isColumnName(datum)) return { subject: datum.column, lines: [] }
  const { site, layer, head, digit, value } = datum
  const where = digit === meanColumn ? 'all answer digits' : digit
  return {
    subject: `H${layer}.${head} ${siteNames[site]}, ${where}`,
    lines: [{ label: `loss added by its ${cut}`, value: `${signedText(value, 3)} nats` }],
    hook: `blocks.${layer}.attn.hook_${site}[${head}]`,
  }
}

export function ablationTable(input: AblationInput, caption: string): Table {
  const oneSite = sitesOf(input).length === 1
  return {
    caption: `${caption}, in nats`,
    columns: [input.detail === 'overall' || oneSite ? 'head' : 'cut', ...ablationColumns(input)],
    rows: ablationRows(input).map(({ name, cells }) => [name, ...cells.map(({ value }) => value)]),
  }
}
