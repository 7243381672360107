import { closest } from 'fastest-levenshtein'
import { BadInput } from '../core/bad-input'
import type { Analysis } from './analysis'
import { analyses } from './registry'

/** The analysis with this id. Throws BadInput, naming the nearest, where there is none. */
export function analysisNamed(id: string): Analysis {
  const found = analyses.find((analysis) => analysis.id === id)
  if (found) return found
  const ids = analyses.map((analysis) => analysis.id)
  throw new BadInput(`There is no analysis "${id}"; the nearest is "${closest(id, ids)}" (see "carryscope list").`)
}
