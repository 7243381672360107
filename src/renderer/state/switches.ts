import { BadInput } from '../../core/bad-input'
import type { Head } from '../../core/heads'
import { formatSum, parseSum } from '../../core/sum-text'
import type { TaskLayout } from '../../core/task-layout'
import type { ModelConfig } from '../../model/config'
import type { Intervention, Mode, Site } from '../../model/intervention'
import type { AnalysisState } from '../../session/session'

/** The switches of a head, by what they ablate; `short` is written where the word has no room. */
export const switchSites = [
  { site: 'q', label: 'Q' },
  { site: 'k', label: 'K' },
  { site: 'v', label: 'V' },
  { site: 'pattern', label: 'Pattern', short: 'Patt.' },
  { site: 'result', label: 'Out' },
] as const satisfies readonly { site: Site; label: string; short?: string }[]

/** How a mode is written on a switch and in a chip. */
export const modeGlyphs: Record<Mode, string> = { zero: '0', mean: 'μ', resample: '≈', patch: '⇄' }

/** What a switch belongs to: a head or, without one, the layer's MLP. */
export type Place = Pick<Intervention, 'layer' | 'head'>

/** The interventions at one site of one head or MLP. */
export function interventionsAt(interventions: readonly Intervention[], { layer, head }: Place, site: Site) {
  return interventions.filter((each) => each.site === site && each.layer === layer && each.head === head)
}

/** 1234+4321 in the model's number of digits. */
function exampleDonor({ operandDigits }: TaskLayout) {
  return { a: Number('12345678'.slice(0, operandDigits)), b: Number('43216587'.slice(0, operandDigits)) }
}

/** What the next flipped switch does, from the Replace row. Throws BadInput where a patch has no usable donor. */
function replacement({ replace }: AnalysisState, layout: TaskLayout): Omit<Intervention, 'site' | 'layer'> {
  const { mode, positions } = replace
  if (mode === 'patch' && replace.donor.trim() === '')
    throw new BadInput(`Patch needs a donor sum: type one, such as ${formatSum(exampleDonor(layout), layout)}.`)
  if (mode === 'patch') return { mode, positions, donor: parseSum(replace.donor, layout) }
  return mode === 'resample' ? { mode, positions, seed: replace.seed } : { mode, positions }
}

/** The interventions after one switch was flipped: ablated as the Replace row says, or whole again. Throws BadInput as above. */
export function flipped(
  analysis: AnalysisState,
  place: Place,
  site: Site,
  layout: TaskLayout,
): readonly Intervention[] {
  const active = interventionsAt(analysis.interventions, place, site)
  if (active.length > 0) return analysis.interventions.filter((each) => !active.includes(each))
  return [...analysis.interventions, { site, ...place, ...replacement(analysis, layout) }]
}

/** The interventions with these added in place of whatever acts at the same sites at the same positions. */
export function withInterventions(
  interventions: readonly Intervention[],
  added: readonly Intervention[],
): readonly Intervention[] {
  const place = ({ site, layer, head, positions }: Intervention) => JSON.stringify([site, layer, head, positions])
  const places = added.map(place)
  return [...interventions.filter((each) => !places.includes(place(each))), ...added]
}

/** A named set of interventions. */
export interface Preset {
  readonly label: string
  readonly heads: readonly Head[]
  readonly site: Site
}

/** The sets worth a button, most useful first; `kept` is the head that "all but" spares. */
export function presetsOf({ n_layers, n_heads }: ModelConfig, kept: Head): readonly Preset[] {
  const layers = Array.from({ length: n_layers }, (_, layer) => layer)
  const heads = layers.flatMap((layer) => Array.from({ length: n_heads }, (_, head) => ({ layer, head })))
  const ofLayer = (layer: number) => heads.filter((each) => each.layer === layer)
  const last = n_layers - 1
  const all = (site: Site, layer: number, letter: string): Preset => ({
    label: `All L${layer} ${letter}`,
    heads: ofLayer(layer),
    site,
  })
  const spared: Preset = {
    label: `All but H${kept.layer}.${kept.head}`,
    heads: heads.filter((each) => each.layer !== kept.layer || each.head !== kept.head),
    site: 'result',
  }
  const whole = (layer: number): Preset => ({ label: `Layer ${layer}`, heads: ofLayer(layer), site: 'result' })
  const first = [all('q', 0, 'Q'), all('k', last, 'K'), whole(last), ...(spared.heads.length > 0 ? [spared] : [])]
  const rest = layers.flatMap((layer) => [
    all('q', layer, 'Q'),
    all('k', layer, 'K'),
    all('v', layer, 'V'),
    whole(layer),
  ])
  return [...first, ...rest.filter((each) => !first.some(({ label }) => label === each.label))]
}

/** The interventions with a preset's interventions in place of whatever was at those switches. Throws BadInput as `flipped`. */
export function withPreset(analysis: AnalysisState, preset: Preset, layout: TaskLayout): readonly Intervention[] {
  const how = replacement(analysis, layout)
  const replaced = preset.heads.flatMap((head) => interventionsAt(analysis.interventions, head, preset.site))
  return [
    ...analysis.interventions.filter((each) => !replaced.includes(each)),
    ...preset.heads.map((head) => ({ site: preset.site, ...head, ...how })),
  ]
}
