import type { Claim } from './claim'
import known from './known-tours.json'
import { valuesText } from './value-text'
import { verdictOf, type Verdict } from './verdict'

/** A tour of another model that is shown beside the open one's. */
export interface BesideTour {
  /** What it is called in few words: `published`. */
  readonly name: string
  /** The values of a claim's quantities; null where it was not measured. */
  readonly valuesOf: (claim: Claim) => readonly number[] | null
}

/** The published checkpoint, whose values stand with the claims. */
const published: BesideTour = {
  name: 'published',
  valuesOf: ({ quantities }) => quantities.map((quantity) => quantity.published),
}

/** The models that the documents tell of, measured as they are: scripts/tour-tables.mjs writes them. */
export const shippedTours: readonly BesideTour[] = [
  published,
  ...known.map(({ short, values }) => besideOf(short, new Map(Object.entries(values)))),
]

/** A claim's verdict and numbers in another tour, in words. */
export function besideText(
  claim: Claim,
  { valuesOf }: BesideTour,
): { readonly verdict: Verdict | null; readonly numbers: string } {
  const values = valuesOf(claim)
  if (values === null) return { verdict: null, numbers: 'not asked' }
  return { verdict: verdictOf(claim, { values }), numbers: valuesText(values, claim.quantities) }
}

/** JSON has no NaN: what could not be measured is null there. */
function besideOf(name: string, values: ReadonlyMap<string, readonly (number | null)[]>): BesideTour {
  return {
    name,
    valuesOf: ({ id, quantities }) => {
      const kept = values.get(id)
      return kept?.length === quantities.length ? kept.map((value) => value ?? NaN) : null
    },
  }
}
