import type { Bounds, Claim, Measured } from './claim'

export type Verdict = 'confirmed' | 'refuted' | 'unclear'

/** How each is marked beside its word, so that colour alone never tells them apart. */
export const verdictSigns = { confirmed: '✓', refuted: '✕', unclear: '?', 'not asked': '—' } as const

/** How often each was come to, where it was: `8 confirmed, 16 refuted, 7 unclear`. */
export function verdictCounts(verdicts: readonly (string | undefined)[]): string {
  return Object.keys(verdictSigns)
    .map((verdict) => [verdicts.filter((one) => one === verdict).length, verdict] as const)
    .flatMap(([count, verdict]) => (count > 0 ? [`${count} ${verdict}`] : []))
    .join(', ')
}

/** Confirmed where every number is, refuted where one is; a number that could not be measured settles nothing. */
export function verdictOf({ quantities }: Claim, { values }: Pick<Measured, 'values'>): Verdict {
  const isRefuted = quantities.some(({ refuted }, index) => isWithin(values[index]!, refuted))
  const isConfirmed = quantities.every(({ confirmed }, index) => isWithin(values[index]!, confirmed))
  if (isRefuted) return 'refuted'
  return isConfirmed ? 'confirmed' : 'unclear'
}

/** The verdict that the published model's numbers give. */
export function publishedVerdict(claim: Claim): Verdict {
  return verdictOf(claim, { values: claim.quantities.map(({ published }) => published) })
}

function isWithin(value: number, { least, most }: Bounds): boolean {
  if (Number.isNaN(value) || (least === undefined && most === undefined)) return false
  return value >= (least ?? -Infinity) && value <= (most ?? Infinity)
}
