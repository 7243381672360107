import type { ResultOf } from '../../analyses/registry'
import { layerHeadLabels } from '../../core/heads'
import { operandPosition, plusPosition, positionLabels } from '../../core/positions'
import type { TaskLayout } from '../../core/task-layout'
import { digitsOf } from '../../core/tokens'
import { namesOf, type ThisSum } from '../this-sum'

/** The race of one column's digits for the attention of one first-layer head from one position. */
export interface Race {
  /** `H0.2`, `B2`. */
  readonly head: string
  readonly query: string
  readonly column: number
  /** Scores of the ten digits at A and at B of the column; NaN where the query cannot look there. */
  readonly scoreA: readonly number[]
  readonly scoreB: readonly number[]
  /** Mean attention to both digits together. */
  readonly attention: number
  /** What the column has to add up to: 10, or 9. */
  readonly threshold: number
  readonly here: RaceOfSum | null
}

/** The sum on screen in it. */
export interface RaceOfSum {
  readonly a: number
  readonly b: number
  /** Whose attention that is: `this sum`, or `transplanted, it`. */
  readonly name: string
  /** Attention to A and to B of the column, now. */
  readonly toA: number
  readonly toB: number
}

/** One pair of digits: a cell of the grid. */
export interface RaceCell {
  readonly a: number
  readonly b: number
  readonly winner: number
  /** Attention to A's digit among the two. */
  readonly shareA: number
  readonly agrees: boolean
}

/** `best site`, then every head and position of the first layer. */
export function raceSites({ agreement }: ResultOf<'hierarchy'>): readonly string[] {
  const { head = [], query = [] } = agreement.labels
  return [bestSite, ...head.flatMap((name) => query.map((place) => `${name}@${place}`))]
}

export const bestSite = 'best site'

interface RaceQuestion {
  readonly result: ResultOf<'hierarchy'>
  /** `best site` or `H0.2@B2`. */
  readonly site: string
  readonly column: number
  readonly nine: boolean
  readonly layout: TaskLayout
  readonly here: ThisSum | null
}

export function raceOf({ result, site, column, nine, layout, here }: RaceQuestion): Race {
  const { scoreA, scoreB, attention } = result
  const [heads, queries, columns] = attention.shape as [number, number, number]
  const names = layerHeadLabels(0, heads)
  const places = positionLabels(layout)
  const [wantedHead, wantedQuery] = site.split('@')
  const known = names.indexOf(wantedHead ?? '') * queries + places.indexOf(wantedQuery ?? '')
  const row = names.includes(wantedHead ?? '') && known >= 0 ? known : bestRow(result, column, nine)
  const at = row * columns + column
  const [head, query] = [Math.floor(row / queries), row % queries]
  return {
    head: names[head]!,
    query: places[query]!,
    column,
    scoreA: Array.from(scoreA.data.slice(at * 10, at * 10 + 10)),
    scoreB: Array.from(scoreB.data.slice(at * 10, at * 10 + 10)),
    attention: attention.data[at]!,
    threshold: nine ? 9 : 10,
    here: here && raceOfSum(here, head, query, column, layout),
  }
}

/** Where the winner tells the carry best, among the places that look at the column at all. */
function bestRow(
  { agreement, agreementNine, attention }: ResultOf<'hierarchy'>,
  column: number,
  nine: boolean,
): number {
  const shares = nine ? agreementNine : agreement
  const columns = shares.shape[2]!
  let best = { row: 0, value: -1 }
  for (let row = 0; row < shares.data.length / columns; row++) {
    const at = row * columns + column
    // What decides between equals is how much of the attention the race is about.
    const value = attention.data[at]! >= leastAttention ? shares.data[at]! + 1e-3 * attention.data[at]! : -1
    if (value > best.value) best = { row, value }
  }
  return best.row
}

const leastAttention = 0.1

function raceOfSum(here: ThisSum, head: number, query: number, column: number, layout: TaskLayout): RaceOfSum {
  const { sum, now } = here
  const { operandDigits } = layout
  const names = namesOf(here)
  const [queries, keys] = now.pattern.shape.slice(2) as [number, number]
  const attentionTo = (key: number) => now.pattern.data[(head * queries + query) * keys + key]!
  return {
    a: digitsOf(sum.a, operandDigits)[column]!,
    b: digitsOf(sum.b, operandDigits)[column]!,
    name: names.now === 'now' || names.now === 'clean' ? 'this sum' : `${names.now}, it`,
    toA: attentionTo(operandPosition(layout) + column),
    toB: attentionTo(plusPosition(layout) + 1 + column),
  }
}

/** Every pair of digits, a down and b across. Empty where the query cannot look at the whole column. */
export function raceCells({ scoreA, scoreB, threshold }: Race): RaceCell[] {
  if ([...scoreA, ...scoreB].some(Number.isNaN)) return []
  return scoreA.flatMap((ofA, a) =>
    scoreB.map((ofB, b) => {
      const winner = ofA >= ofB ? a : b
      return { a, b, winner, shareA: 1 / (1 + Math.exp(ofB - ofA)), agrees: winner >= 5 === a + b >= threshold }
    }),
  )
}

/** The ten digits by how gladly they are looked at, at A and B together. */
export function raceOrder({ scoreA, scoreB }: Race): number[] {
  const score = (digit: number) => scoreA[digit]! + scoreB[digit]!
  return Array.from({ length: 10 }, (_, digit) => digit).toSorted((one, other) => score(other) - score(one))
}
