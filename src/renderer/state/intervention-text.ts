import { headLabel } from '../../core/heads'
import { mlpLabel, neuronLabel } from '../../core/mlps'
import { positionName, tokenAt } from '../../core/positions'
import { formatSum } from '../../core/sum-text'
import type { TaskLayout } from '../../core/task-layout'
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
  mlp_out: 'Out',
  mlp_post: 'neurons',
}

/** Where an intervention acts: `H0.2 Out`, `layer 1 resid_pre`, `MLP0 Out`, `MLP0 neurons` or `L0N12`. */
export function placeText({ site, layer, head, neuron }: Intervention): string {
  if (head !== undefined) return `${headLabel(layer, head)} ${siteNames[site]}`
  if (neuron !== undefined) return neuronLabel(layer, neuron)
  return `${site === 'resid_pre' ? `layer ${layer}` : mlpLabel(layer)} ${siteNames[site]}`
}

/** `all positions`, one in full: `C0 · p10, predicts C1`, or several by token and index: `A0 · p0, = · p9`. */
export function positionsText({ positions }: Pick<Intervention, 'positions'>, layout: TaskLayout): string {
  if (positions === 'all') return 'all positions'
  const [first, ...others] = positions
  if (first !== undefined && others.length === 0) return positionName(first, layout)
  return positions.map((position) => tokenAt(position, layout)).join(', ')
}

/** What an intervention does: `mean`, `patch from 1234+4321`. */
export function effectText({ mode, donor }: Intervention, layout: TaskLayout): string {
  return donor ? `${modeNames[mode]} from ${formatSum(donor, layout)}` : modeNames[mode]
}
