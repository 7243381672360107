import { BadInput } from '../core/bad-input'
import { headLabel, parseHead } from '../core/heads'
import { neuronLabel, parseNeuron } from '../core/mlps'
import { positionLabels } from '../core/positions'
import { formatSum, parseSum } from '../core/sum-text'
import { oneOf, parseWholeNumber } from '../core/written-values'
import { checkIntervention } from './check-intervention'
import type { ModelConfig } from './config'
import { type Intervention, type Site, isHeadSite, modes, sites, sitesOf } from './intervention'

const form = 'write HEAD:SITE[@POSITIONS]:MODE, as in H0.1:q:mean or H0.0:result@C1:patch=1234+4321'

/**
 * Reads `H0.1:q:mean`, `H0.0:result@C1,C2:patch=1234+4321`, `L1:resid_pre@=:zero`, `H0.1:v:resample=7`. The head is H0.1, 0.1 or L0H1
 * (for `resid_pre` and `mlp_out` the layer, L0; for `mlp_post` the layer or a neuron, L0N12); positions are labels (A0, +, =, C1) or
 * numbers from 0; the mode is zero, mean, resample[=SEED] or patch=SUM. Throws BadInput where it is malformed or names what the model
 * does not have.
 */
export function parseIntervention(text: string, config: ModelConfig): Intervention {
  const [place, where, how, ...rest] = text.split(':')
  if (!place || !where || !how || rest.length > 0) throw new BadInput(`"${text}" is not an intervention: ${form}.`)
  const [siteText = '', positionsText, ...more] = where.split('@')
  if (more.length > 0) throw new BadInput(`"${where}" in the intervention "${text}" has more than one @: ${form}.`)
  const isKnown = sites.some((known) => known === siteText)
  const site = oneOf(isKnown ? sites : sitesOf(config), 'site', siteText)
  const positions: Intervention['positions'] =
    positionsText === undefined ? 'all' : parsePositions(positionsText, config)
  const intervention: Intervention = { site, ...parsePlace(place, site), positions, ...parseReplacement(how, config) }
  checkIntervention(config, intervention)
  return intervention
}

/** The text that `parseIntervention` reads back as the same intervention. */
export function formatIntervention(intervention: Intervention, { layout }: ModelConfig): string {
  const { site, positions, mode, donor, seed } = intervention
  const place = placeOf(intervention)
  const labels = positionLabels(layout)
  const where = positions === 'all' ? '' : `@${positions.map((position) => labels[position]).join(',')}`
  const from = donor ? formatSum(donor, layout) : seed
  return `${place}:${site}${where}:${mode}${from === undefined ? '' : `=${from}`}`
}

function placeOf({ layer, head, neuron }: Intervention): string {
  if (head !== undefined) return headLabel(layer, head)
  return neuron === undefined ? `L${layer}` : neuronLabel(layer, neuron)
}

function parsePlace(text: string, site: Site): Pick<Intervention, 'layer' | 'head' | 'neuron'> {
  if (isHeadSite(site)) return parseHead(text)
  const layer = /^L?(\d+)$/i.exec(text)?.[1]
  if (layer !== undefined) return { layer: Number(layer) }
  if (site === 'mlp_post') return parseNeuron(text)
  throw new BadInput(`"${text}" is not a layer, which ${site} is of: write L0:${site}@C1:mean, for example.`)
}

function parsePositions(text: string, { layout }: ModelConfig): number[] {
  const labels = positionLabels(layout)
  return text.split(',').map((name) => {
    const position = /^\d+$/.test(name) ? Number(name) : labels.indexOf(name.toUpperCase())
    if (position < 0 || position >= labels.length)
      throw new BadInput(
        `"${name}" is not a position: the sums of this model have ${labels.join(' ')}, or 0 to ${labels.length - 1}.`,
      )
    return position
  })
}

function parseReplacement(text: string, { layout }: ModelConfig): Pick<Intervention, 'mode' | 'donor' | 'seed'> {
  const [name = '', ...values] = text.split('=')
  const mode = oneOf(modes, 'mode', name)
  const value = values.length > 0 ? values.join('=') : undefined
  if (mode === 'patch') {
    if (value === undefined) throw new BadInput('A patch needs the sum it is taken from: write patch=1234+4321.')
    return { mode, donor: parseSum(value, layout) }
  }
  if (value === undefined) return { mode }
  if (mode !== 'resample')
    throw new BadInput(`The mode ${mode} takes no value, but "${text}" gives it one: write ${mode}.`)
  return { mode, seed: parseWholeNumber(value, 'The seed of a resample', 0, 0xffffffff) }
}
