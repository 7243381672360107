import { lossText, percentText, decimalText } from '../../charts/drawing/number-text'
import type { Table } from '../../charts/drawing/table'
import type { Explorer } from '../state/explorer.svelte'
import type { Subject } from '../state/film.svelte'
import { movedShare, siteText } from './moved-lines'
import { movedSites, performanceQuestion, unembeddingQuestion } from './questions'

/** A quantity of a model, as a row of the comparison. */
export interface Measure {
  readonly name: string
  readonly unit: string
  /** Of A and of B; null while it is not known, or where that model has none. */
  readonly values: readonly [number | null, number | null]
  readonly textOf: (value: number) => string
}

/** What is compared of two models. */
export function measuresOf(explorer: Explorer, a: Subject, b: Subject): readonly Measure[] {
  const { answers } = explorer.training.film
  const both = (of: (subject: Subject) => number | null | undefined) => [of(a) ?? null, of(b) ?? null] as const
  const performance = (subject: Subject) => answers.of(performanceQuestion(explorer, subject))
  const unembedding = (subject: Subject) => answers.of(unembeddingQuestion(subject))?.singularValues.data
  const digits = Math.max(a.config.layout.answerDigits, b.config.layout.answerDigits)
  const percent = (value: number) => percentText(value)
  return [
    { name: 'loss', unit: 'nats', values: both((of) => performance(of)?.loss), textOf: lossText },
    { name: 'exact match', unit: '%', values: both((of) => performance(of)?.exactMatch), textOf: percent },
    ...Array.from({ length: digits }, (_, digit) => ({
      name: `loss of C${digit}`,
      unit: 'nats',
      values: both((of) => performance(of)?.lossPerDigit.data[digit]),
      textOf: lossText,
    })),
    { name: 'W_U in two directions', unit: '%', values: both((of) => twoDirections(unembedding(of))), textOf: percent },
    {
      name: 'largest singular value',
      unit: '',
      values: both((of) => unembedding(of)?.[0]),
      textOf: (value) => decimalText(value, 1),
    },
    ...(movedSites(explorer) ?? []).map((moved) => ({
      name: siteText(moved, explorer).replace(' →', ' moves'),
      unit: '%',
      values: both((of) => (hasSite(of, moved.site) ? movedShare(explorer, of, moved) : null)),
      textOf: percent,
    })),
  ]
}

/** Share of the squared singular values that the two largest hold. */
function twoDirections(values: ArrayLike<number> | undefined): number | null {
  if (!values) return null
  const squares = Array.from(values, (value) => value ** 2)
  return (squares[0]! + squares[1]!) / squares.reduce((sum, square) => sum + square, 0)
}

function hasSite({ config }: Subject, site: { readonly layer: number; readonly head: number }): boolean {
  return site.layer < config.n_layers && site.head < config.n_heads
}

/** The comparison as numbers. */
export function measuresTable(explorer: Explorer): Table | null {
  const { a, b } = explorer.training.film
  if (!a || !b) return null
  const rows = measuresOf(explorer, a, b).map(({ name, unit, values }) => [
    unit === '' ? name : `${name}, ${unit === '%' ? 'share' : unit}`,
    ...values.map((value) => value ?? NaN),
  ])
  return { caption: 'A and B', columns: ['measure', `A: ${a.name}`, `B: ${b.name}`], units: ['', '', ''], rows }
}
