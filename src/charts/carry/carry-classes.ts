import type { Tensor } from '../../core/tensor'
import { lossText, percentText } from '../drawing/number-text'
import type { Table } from '../drawing/table'

/** The scores of each column pattern, as `carry-classes` gives them. */
export interface ClassScores {
  readonly n: Tensor<readonly ['pattern']>
  /** Nats. */
  readonly loss: Tensor<readonly ['pattern']>
  /** Share of sums with every digit right. */
  readonly exactMatch: Tensor<readonly ['pattern']>
}

/** One class of sums: the most significant column first, `KGPG`. */
export interface CarryClassRow {
  readonly pattern: string
  readonly n: number
  readonly cleanLoss: number
  readonly nowLoss: number
  readonly cleanExact: number
  readonly nowExact: number
}

export const classOrders = ['n', 'loss', 'exact match'] as const
export type ClassOrder = (typeof classOrders)[number]

/** Classes as they are drawn. */
export interface ClassesInput {
  /** All of them, in their order. */
  readonly rows: readonly CarryClassRow[]
  readonly order: ClassOrder
  /** The class of the sum on screen; null for none. */
  readonly own: string | null
  /** Which runs there are: outlines are the clean one, filled bars that under interventions. */
  readonly runs: 'clean' | 'now' | 'both'
}

/** The heading of a column, which sorts by it. */
export interface ClassHeading {
  readonly order: ClassOrder
}

export type ClassDatum = CarryClassRow | ClassHeading

export function isClassHeading(datum: ClassDatum): datum is ClassHeading {
  return 'order' in datum
}

/** What is told of each class beside its size, in both runs. */
export const classMeasures = [
  {
    order: 'loss',
    heading: 'Loss, nats',
    brief: 'Loss, nats',
    clean: (row: CarryClassRow) => row.cleanLoss,
    now: (row: CarryClassRow) => row.nowLoss,
    text: lossText,
    /** What a whole bar stands for; the largest of all where it is not told. */
    most: undefined,
  },
  {
    order: 'exact match',
    heading: 'Exact match, %',
    brief: 'Exact, %',
    clean: (row: CarryClassRow) => row.cleanExact,
    now: (row: CarryClassRow) => row.nowExact,
    text: percentText,
    most: 1,
  },
] as const

/** Classes that have any sums; the largest, the worst by loss or the worst by exact match under interventions first. */
export function carryClassRows(clean: ClassScores, now: ClassScores, order: ClassOrder): CarryClassRow[] {
  const rows = (clean.n.labels.pattern ?? []).map((pattern, index) => ({
    pattern,
    n: clean.n.data[index]!,
    cleanLoss: clean.loss.data[index]!,
    nowLoss: now.loss.data[index]!,
    cleanExact: clean.exactMatch.data[index]!,
    nowExact: now.exactMatch.data[index]!,
  }))
  return rows.filter(({ n }) => n > 0).sort((one, other) => rank[order](one, other) || other.n - one.n)
}

const rank: Readonly<Record<ClassOrder, (one: CarryClassRow, other: CarryClassRow) => number>> = {
  n: () => 0,
  loss: (one, other) => other.nowLoss - one.nowLoss,
  'exact match': (one, other) => one.nowExact - other.nowExact,
}

/** The scores of one run, by its name. */
export function scoreTable(rows: readonly CarryClassRow[], name: string): Table {
  return {
    caption: 'Scores by column pattern',
    columns: ['class', 'n', `loss ${name}`, `exact match ${name}`],
    units: ['', 'sums', 'nats', 'share'],
    rows: rows.map((row) => [row.pattern, row.n, row.nowLoss, row.nowExact]),
  }
}

export function carryClassTable(rows: readonly CarryClassRow[]): Table {
  return {
    caption: 'Scores by column pattern, clean and intervened',
    columns: ['class', 'n', 'loss clean', 'loss intervened', 'exact match clean', 'exact match intervened'],
    units: ['', 'sums', 'nats', 'nats', 'share', 'share'],
    rows: rows.map((row) => [row.pattern, row.n, row.cleanLoss, row.nowLoss, row.cleanExact, row.nowExact]),
  }
}
