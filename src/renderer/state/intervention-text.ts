import { headLabel } from '../../core/heads'
import { positionName, tokenAt } from '../../core/positions'
import { formatSum } from '../../core/sum-text'
import type { Intervention, Mode, Site } from '../../model/intervention'

export const modeNames: Record<Mode, string> = { zero: 'zero', mean: 'mean', resample: 'resample', patch: 'patch' }

const siteNames: Record<Site, string> = {
  q: 'Q',
  k: 'K',
  v: 'V',
  result: 'Out',
  z: 'z',
  pattern: 'pattern',
  resid_pre: 'resid_pre',
}

/** Where an intervention acts: `H0.2 Out`, or `layer 1 resid_pre`. */
export function placeText({ site, layer, head }: Intervention): string {
  return `${head === undefined ? `layer ${layer}` : headLabel(layer, head)} ${siteNames[site]}`
}

/** `all positions`, one in full: `C0 · p10, predicts C1`, or several by token and index: `A0 · p0, = · p9`. */
export function positionsText({ positions }: Pick<Intervention, 'positions'>, numDigits: number): string {
  if (positions === 'all') return 'all positions'
  const [first, ...others] = positions
  if (first !== undefined && others.length === 0) return positionName(first, numDigits)
  return positions.map((position) => tokenAt(position, numDigits)).join(', ')
}

/** What an intervention does: `mean`, `patch from 1234+4321`. */
export function effectText({ mode, donor }: Intervention, numDigits: number): string {
  return donor ? `${modeNames[mode]} from ${formatSum(donor, numDigits)}` : modeNames[mode]
}
