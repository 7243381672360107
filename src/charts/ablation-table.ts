import type { Site } from '../model/intervention'
import { headLabels } from '../core/heads'
import type { Tensor } from '../core/tensor'
import type { Drawing } from './drawing'
import type { Display } from './display'
import { heatMapDrawing } from './heat-map'
import { signedText } from './number-text'
import type { Note } from './note'
import { symmetricLimit } from './palette'
import type { Table } from './table'

/**
 * What each head's output, queries, keys and values are worth over a set of sums: the loss with one of them replaced less
 * the loss without that, in nats. Blue: it helped, red: it stood in the way. Rows are heads and columns sites, or, digit by
 * digit, rows are sites of heads and columns answer digits with their mean last.
 */
export interface AblationInput {
  /** From `head-ablation`; null while it is awaited. */
  readonly head: HeadLosses | null
  /** From `qkv-ablation`. */
  readonly qkv: SiteLosses | null
  readonly layers: number
  readonly heads: number
  readonly view: AblationView
  /** `head`, or the name of a column: its largest first. */
  readonly order: string
  /** The answer digit whose column is named in the accent colour; null for none. */
  readonly focus: number | null
}

export const ablationViews = ['overall', 'by digit'] as const
export type AblationView = (typeof ablationViews)[number]

export interface HeadLosses {
  readonly lossDiff: Tensor<readonly ['layer', 'head']>
  readonly lossDiffPerDigit: Tensor<readonly ['layer', 'head', 'digit']>
}

export interface SiteLosses {
  readonly lossDiff: Tensor<readonly ['site', 'layer', 'head']>
  readonly lossDiffPerDigit: Tensor<readonly ['site', 'layer', 'head', 'digit']>
}

/** One cut and what it costs. */
export interface AblationDatum {
  readonly site: Extract<Site, 'result' | 'q' | 'k' | 'v'>
  readonly layer: number
  readonly head: number
  /** `C1`, or `mean` for all answer digits together. */
  readonly digit: string
  /** Nats; NaN while it is not known. */
  readonly value: number
}

interface AblationRow {
  readonly name: string
  readonly data: readonly AblationDatum[]
}

const cutSites = ['result', 'q', 'k', 'v'] as const
const siteNames = { result: 'Out', q: 'Q', k: 'K', v: 'V' } as const
const meanColumn = 'mean'

/** What rows can be sorted by: `head`, then the columns. */
export function ablationOrders(input: AblationInput): readonly string[] {
  return ['head', ...columnsOf(input)]
}

export function ablationDrawing(input: AblationInput, display: Display): Drawing<AblationDatum> {
  const rows = ablationRows(input)
  const cells = rows.flatMap(({ data }) => data.map((datum) => ({ value: datum.value, datum })))
  const map = {
    rows: rows.map(({ name }) => name),
    columns: columnsOf(input),
    cells,
    limit: symmetricLimit(
      cells.map(({ value }) => value),
      2,
    ),
    bold: meanColumn,
    scale: true,
  }
  return heatMapDrawing(input.focus === null ? map : { ...map, accent: `C${input.focus}` }, display)
}

/** The rows in the chosen order. What is not known comes last. */
export function ablationRows(input: AblationInput): AblationRow[] {
  const { layers, heads, view, order } = input
  const places = headLabels(layers, heads).map((name, index) => {
    return { name, layer: Math.floor(index / heads), head: index % heads }
  })
  const rows =
    view === 'overall'
      ? places.map(({ name, ...place }) => ({ name, data: cutSites.map((site) => datumOf(input, site, place, null)) }))
      : places.flatMap(({ name, ...place }) =>
          cutSites.map((site) => ({ name: `${name} ${siteNames[site]}`, data: ofDigits(input, site, place) })),
        )
  const column = columnsOf(input).indexOf(order)
  if (column < 0) return rows
  const rank = ({ data }: AblationRow) => (Number.isNaN(data[column]!.value) ? -Infinity : data[column]!.value)
  return rows.toSorted((one, other) => rank(other) - rank(one))
}

function columnsOf(input: AblationInput): readonly string[] {
  return input.view === 'overall' ? cutSites.map((site) => siteNames[site]) : [...digitsOf(input), meanColumn]
}

function digitsOf({ head, qkv }: AblationInput): readonly string[] {
  return (head ?? qkv)?.lossDiffPerDigit.labels.digit ?? []
}

type Place = Pick<AblationDatum, 'layer' | 'head'>

function ofDigits(input: AblationInput, site: AblationDatum['site'], place: Place): AblationDatum[] {
  return [...digitsOf(input).map((_, digit) => digit), null].map((digit) => datumOf(input, site, place, digit))
}

function datumOf(input: AblationInput, site: AblationDatum['site'], place: Place, digit: number | null): AblationDatum {
  const losses = site === 'result' ? input.head : input.qkv
  const row = site === 'result' ? 0 : (input.qkv?.lossDiff.labels.site ?? []).indexOf(site)
  const at = (row * input.layers + place.layer) * input.heads + place.head
  const digits = digitsOf(input)
  const value = digit === null ? losses?.lossDiff.data[at] : losses?.lossDiffPerDigit.data[at * digits.length + digit]
  return { site, ...place, digit: digit === null ? meanColumn : digits[digit]!, value: value ?? NaN }
}

/** What clicking the cell does, and what it stands for. */
export function ablationNote({ site, layer, head, digit, value }: AblationDatum, mode: string): Note {
  const where = digit === meanColumn ? 'all answer digits' : digit
  return {
    subject: `H${layer}.${head} ${siteNames[site]}, ${where}`,
    lines: [
      { label: `loss added by its ${mode} ablation`, value: `${signedText(value, 3)} nats` },
      { label: 'click', value: 'cut it, and see one sum in Explore' },
    ],
    hook: `blocks.${layer}.attn.hook_${site}[${head}]`,
  }
}

export function ablationTable(input: AblationInput, caption: string): Table {
  const first = input.view === 'overall' ? 'head' : 'cut'
  return {
    caption: `${caption}, in nats`,
    columns: [first, ...columnsOf(input)],
    rows: ablationRows(input).map(({ name, data }) => [name, ...data.map(({ value }) => value)]),
  }
}
