import type { Tensor } from '../core/tensor'
import type { AnalysisResult } from '../analyses/analysis'

/** A labelled tensor as JSON: the in-memory form, with plain numbers for data and null for a missing value. */
export interface TensorJson {
  readonly dims: readonly string[]
  readonly shape: readonly number[]
  readonly data: readonly (number | null)[]
  readonly labels: Readonly<Record<string, readonly string[]>>
  readonly unit?: string
}
export type ResultJson = Readonly<Record<string, TensorJson | number | string | boolean | null | readonly string[]>>

/** JSON has no NaN and no infinities: what is not a finite number is missing. */
const orNull = (value: number) => (Number.isFinite(value) ? value : null)

/**
 * The shortest decimal that reads back as the same entry, so that float32 data is not padded with digits it never had
 * (0.1, not 0.10000000149011612).
 */
function shortest(value: number): number | null {
  if (!Number.isFinite(value)) return null
  for (let digits = 7; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === value) return rounded
  }
  return Number(value.toPrecision(9))
}

export function tensorToJson({ dims, shape, data, labels, unit }: Tensor): TensorJson {
  const numbers = Array.from<number, number | null>(data, data instanceof Float32Array ? shortest : orNull)
  const named = { dims, shape, data: numbers, labels: labels as TensorJson['labels'] }
  return unit === undefined ? named : { ...named, unit }
}

export function isTensor(value: AnalysisResult[string]): value is Tensor {
  return typeof value === 'object' && value !== null && 'dims' in value
}

/** An analysis's result as every command writes it. */
export function resultToJson(result: AnalysisResult): ResultJson {
  return Object.fromEntries(
    Object.entries(result).map(([name, value]): [string, ResultJson[string]] => {
      if (isTensor(value)) return [name, tensorToJson(value)]
      return [name, typeof value === 'number' ? orNull(value) : value]
    }),
  )
}
