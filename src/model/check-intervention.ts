import { BadInput } from '../core/bad-input'
import { headLabel } from '../core/heads'
import { neuronLabel } from '../core/mlps'
import { checkSum } from '../core/sum-text'
import { hasMlp, type ModelConfig } from './config'
import { isHeadSite, sitesOf, type Intervention } from './intervention'

/** Throws BadInput unless the model has the layer, head and positions that an intervention names, and its mode has what it needs. */
export function checkIntervention(config: ModelConfig, intervention: Intervention): void {
  const { site, layer, head, positions, mode, donor } = intervention
  checkIndex('layer', layer, config.n_layers)
  if (!sitesOf(config).includes(site))
    throw new BadInput(`The model has attention only, so it has no ${site}; choose another site, or a model with MLPs.`)
  if (!isHeadSite(site) && head !== undefined)
    throw new BadInput(`The site ${site} has no heads, but ${headLabel(layer, head)} was named; name the layer alone.`)
  if (isHeadSite(site)) checkHead(config, intervention)
  checkNeuron(config, intervention)
  if (positions !== 'all' && positions.length === 0)
    throw new BadInput('The intervention names no position; name at least one, or all.')
  for (const position of positions === 'all' ? [] : positions) checkIndex('position', position, config.n_ctx)
  if (mode !== 'patch') return
  if (!donor)
    throw new BadInput('A patch needs the sum that it takes the activation from; name a donor such as 1234+4321.')
  checkSum(donor, config.layout)
}

function checkNeuron(config: ModelConfig, { site, layer, neuron }: Intervention): void {
  if (neuron === undefined) return
  if (site !== 'mlp_post')
    throw new BadInput(
      `The site ${site} has no neurons, but ${neuronLabel(layer, neuron)} was named; neurons are of the site mlp_post.`,
    )
  const count = hasMlp(config) ? config.d_mlp : 0
  if (!Number.isInteger(neuron) || neuron < 0 || neuron >= count)
    throw new BadInput(
      `The model has no neuron ${neuronLabel(layer, neuron)}; those of layer ${layer} are ${neuronLabel(layer, 0)} to ${neuronLabel(layer, count - 1)}.`,
    )
}

function checkHead(config: ModelConfig, { site, layer, head }: Intervention): void {
  if (head === undefined)
    throw new BadInput(
      `The site ${site} belongs to a head, but none was named; name one, as in ${headLabel(layer, 0)}.`,
    )
  if (!Number.isInteger(head) || head < 0 || head >= config.n_heads)
    throw new BadInput(
      `The model has no head ${headLabel(layer, head)}; the heads of layer ${layer} are ${headLabel(layer, 0)} to ${headLabel(layer, config.n_heads - 1)}.`,
    )
}

function checkIndex(what: string, index: number, count: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= count)
    throw new BadInput(`The model has no ${what} ${index}; it has ${what}s 0 to ${count - 1}.`)
}
