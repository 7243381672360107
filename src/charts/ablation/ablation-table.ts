import { headLabel } from '../../core/heads'
import { mlpLabel } from '../../core/mlps'
import type { Tensor } from '../../core/tensor'
import { hookOf, type Site } from '../../model/intervention'
import type { Display } from '../drawing/display'
import type { Chart } from '../drawing/chart'
import { matrixChart } from '../echarts/matrix-chart'
import type { Note } from '../drawing/note'
import { signedText } from '../drawing/number-text'
import { symmetricLimit } from '../drawing/palette'
import { leastLossLimit } from './loss-scale'
import type { Table } from '../drawing/table'

/**
 * What heads, or their queries, keys and values, are worth over a set of sums: the loss with one of them replaced less the
 * loss without that, in nats. Blue: it helped, red: it stood in the way. Rows are heads (and MLPs, after the heads of their
 * layer) and columns sites, or, digit by digit, rows are sites of heads and columns answer digits with their mean last.
 */
export interface AblationInput {
  /** Sites q, k, v or result. */
  readonly lossDiff: Tensor<readonly ['site', 'layer', 'head']>
  readonly lossDiffPerDigit: Tensor<readonly ['site', 'layer', 'head', 'digit']>
  /** The same for what each layer's MLP writes, where there are MLPs and `result` is the only site. */
  readonly mlps?: MlpLosses | undefined
  readonly detail: AblationDetail
  /** The column that the rows are sorted by, its largest first; by head where there is no such column. */
  readonly order: string
  /** The answer digit whose column is named in the accent colour; null for none. */
  readonly focus: number | null
}

export interface MlpLosses {
  readonly lossDiff: Tensor<readonly ['layer']>
  readonly lossDiffPerDigit: Tensor<readonly ['layer', 'digit']>
}

export const ablationDetails = ['overall', 'by digit'] as const
export type AblationDetail = (typeof ablationDetails)[number]

/** One ablation and what it costs. */
export interface AblationCell {
  readonly site: AblationSite
  readonly layer: number
  /** Absent for an MLP. */
  readonly head?: number
  /** `C1`, or `mean` for all answer digits together. */
  readonly digit: string
  /** Its index; absent for all together. */
  readonly focus?: number
  /** Nats; NaN while it is not known. */
  readonly value: number
}

/** The name of a column, which sorts by it. */
export interface ColumnName {
  readonly column: string
}

export type AblationDatum = AblationCell | ColumnName
export type AblationSite = Extract<Site, 'result' | 'q' | 'k' | 'v' | 'mlp_out'>

export interface AblationRow {
  readonly name: string
  readonly cells: readonly AblationCell[]
}

export const siteNames: Readonly<Record<AblationSite, string>> = {
  result: 'Out',
  q: 'Q',
  k: 'K',
  v: 'V',
  mlp_out: 'Out',
}
const meanColumn = 'mean'

export function isColumnName(datum: AblationDatum): datum is ColumnName {
  return 'column' in datum
}

/** What rows can be sorted by. */
export function ablationColumns(input: AblationInput): readonly string[] {
  if (input.detail === 'overall') return sitesOf(input).map((site) => siteNames[site])
  return [...digitsOf(input), meanColumn]
}

export function ablationChart(input: AblationInput, display: Display): Chart<AblationDatum> {
  const rows = ablationRows(input)
  const columns = ablationColumns(input)
  const cells = rows.flatMap(({ cells }) => cells.map((datum) => ({ value: datum.value, datum })))
  const losses = cells.map(({ value }) => value)
  return matrixChart<AblationDatum>(
    {
      rows: rows.map(({ name }) => name),
      columns,
      cells,
      limit: symmetricLimit(losses, 2, leastLossLimit),
      bold: meanColumn,
      sorted: input.order,
      columnData: columns.map((column) => ({ column })),
      ...(input.focus !== null && { accent: `C${input.focus}` }),
    },
    display,
  )
}

/** The rows in the chosen order. What is not known comes last. */
export function ablationRows(input: AblationInput): AblationRow[] {
  const [, layers, heads] = input.lossDiff.shape as [number, number, number]
  const places = Array.from({ length: layers }, (_, layer): Place[] => [
    ...Array.from({ length: heads }, (_, head) => ({ layer, head })),
    ...(input.mlps ? [{ layer }] : []),
  ]).flat()
  const rows = places.flatMap((place): AblationRow[] => {
    const name = partName(place)
    const sites = place.head === undefined ? (['mlp_out'] as const) : sitesOf(input)
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

/** `H0.2`, or `MLP0`. */
export function partName({ layer, head }: Place): string {
  return head === undefined ? mlpLabel(layer) : headLabel(layer, head)
}

function sitesOf({ lossDiff }: AblationInput): readonly AblationSite[] {
  return (lossDiff.labels.site ?? []) as readonly AblationSite[]
}

function digitsOf({ lossDiffPerDigit }: AblationInput): readonly string[] {
  return lossDiffPerDigit.labels.digit ?? []
}

type Place = Pick<AblationCell, 'layer' | 'head'>

function cellOf(input: AblationInput, site: AblationSite, place: Place, digit: number | null): AblationCell {
  const [, layers, heads] = input.lossDiff.shape as [number, number, number]
  const { lossDiff, lossDiffPerDigit } = place.head === undefined ? input.mlps! : input
  const at =
    place.head === undefined ? place.layer : (sitesOf(input).indexOf(site) * layers + place.layer) * heads + place.head
  const digits = digitsOf(input)
  const value = digit === null ? lossDiff.data[at] : lossDiffPerDigit.data[at * digits.length + digit]
  const name = digit === null ? { digit: meanColumn } : { digit: digits[digit]!, focus: digit }
  return { site, ...place, ...name, value: value ?? NaN }
}

export function ablationNote(datum: AblationDatum, ablation: string): Note {
  if (isColumnName(datum)) return { subject: datum.column, lines: [] }
  const { site, layer, head, digit, value } = datum
  const hook = hookOf(site, layer)
  const where = digit === meanColumn ? 'all answer digits' : digit
  return {
    subject: `${partName(datum)} ${siteNames[site]}, ${where}`,
    lines: [{ label: `loss added by its ${ablation}`, value: `${signedText(value, 3)} nats` }],
    hook: head === undefined ? hook : `${hook}[${head}]`,
  }
}

export function ablationTable(input: AblationInput, caption: string): Table {
  const oneSite = sitesOf(input).length === 1
  return {
    caption: `${caption}, in nats`,
    columns: [
      input.mlps ? 'part' : input.detail === 'overall' || oneSite ? 'head' : 'ablation',
      ...ablationColumns(input),
    ],
    rows: ablationRows(input).map(({ name, cells }) => [name, ...cells.map(({ value }) => value)]),
  }
}
