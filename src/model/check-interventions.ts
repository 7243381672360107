import { BadInput } from '../core/bad-input'
import { headLabel } from '../core/heads'
import { positionLabels } from '../core/positions'
import { checkSum } from '../core/sum-text'
import type { ModelConfig } from './config'
import type { Intervention } from './intervention'

/** Throws BadInput, in one sentence, for the first intervention that this model cannot have. */
export function checkInterventions(config: ModelConfig, interventions: readonly Intervention[]): void {
  for (const intervention of interventions) checkIntervention(config, intervention)
}

function checkIntervention(config: ModelConfig, { site, layer, head, positions, mode, donor }: Intervention): void {
  const { n_layers, n_heads, n_ctx, numDigits } = config
  if (layer >= n_layers)
    throw new BadInput(`There is no layer ${layer}: this model has layers 0 to ${n_layers - 1}; choose one of those.`)
  if (site === 'resid_pre' && head !== undefined)
    throw new BadInput('The residual stream has no heads: leave the head out of an intervention on resid_pre.')
  if (site !== 'resid_pre' && head === undefined)
    throw new BadInput(`An intervention on ${site} acts on one head: name it, as in ${headLabel(layer, 0)}.`)
  if (head !== undefined && head >= n_heads)
    throw new BadInput(
      `There is no head ${headLabel(layer, head)}: this model has ${headLabel(layer, 0)} to ` +
        `${headLabel(layer, n_heads - 1)} in layer ${layer}; choose one of those.`,
    )
  const beyond = positions === 'all' ? undefined : positions.find((position) => position >= n_ctx)
  if (beyond !== undefined)
    throw new BadInput(
      `There is no position ${beyond}: this model has 0 (${positionLabels(numDigits)[0]}) to ${n_ctx - 1} ` +
        `(${positionLabels(numDigits)[n_ctx - 1]}); choose some of those.`,
    )
  if (mode === 'patch' && !donor)
    throw new BadInput(
      'An intervention with mode patch takes its activation from a donor sum: name one, as in patch=1234+4321.',
    )
  if (donor) checkSum(donor, numDigits)
}
