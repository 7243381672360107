import { headLabel } from '../../core/heads'
import { mlpLabel } from '../../core/mlps'
import { positionName } from '../../core/positions'
import { contextLength } from '../../core/task-layout'
import { modes, type Site } from '../../model/intervention'
import { modeNames } from '../../session/setting-names'
import type { Explorer } from '../state/explorer.svelte'
import { interventionsAt, presetsOf, switchSites, type Place } from '../state/switches'
import type { Command } from './command'

/** What is done to the circuit: heads and MLPs opened and ablated, sets of them, and how and where the next one is replaced. */
export function circuitCommands(explorer: Explorer): readonly Command[] {
  const { config, interventions } = explorer
  const layers = Array.from({ length: config.n_layers }, (_, layer) => layer)
  const heads = layers.flatMap((layer) => Array.from({ length: config.n_heads }, (_, head) => ({ layer, head })))
  const mlps = config.d_mlp === undefined ? [] : layers
  return [
    ...heads.flatMap((place) => ofHead(explorer, place)),
    ...mlps.map((layer) => flip(explorer, { layer }, mlpLabel(layer), { site: 'mlp_out', label: 'Out' })),
    ...presetsOf(config, explorer.spared).map((preset) => ({
      label: `Ablate ${preset.label}`,
      words: 'preset cut replace',
      run: () => interventions.applyPreset(preset),
    })),
    ...modes.map((mode) => ({
      label: `Replace by ${modeNames[mode].toLowerCase()}`,
      words: `${modeWords[mode]} ablation intervention mode setting`,
      run: () => interventions.replaceBy({ mode }),
    })),
    {
      label: 'Replace at all positions',
      words: 'token everywhere intervention setting',
      run: () => interventions.replaceBy({ positions: 'all' }),
    },
    ...Array.from({ length: contextLength(config.layout) }, (_, position) => ({
      label: `Replace only at ${positionName(position, config.layout)}`,
      words: 'position token intervention setting',
      run: () => interventions.replaceBy({ positions: [position] }),
    })),
  ]
}

function ofHead(explorer: Explorer, place: { readonly layer: number; readonly head: number }): readonly Command[] {
  const name = headLabel(place.layer, place.head)
  // What a head writes is what ablating it means where nothing more is said.
  const [output, ...others] = switchSites.toReversed()
  return [
    { label: `Open ${name}`, words: 'attention pattern head', run: () => explorer.openHead(place) },
    ...[output!, ...others.toReversed()].map((site) => flip(explorer, place, name, site)),
    {
      label: `Move ${name} to the bench`,
      words: 'carry lab transplant site head',
      run: () => explorer.lab.putOnBench(place),
    },
  ]
}

/** Ablates what is whole and restores what is ablated, and says which. */
function flip(explorer: Explorer, place: Place, name: string, { site, label }: { site: Site; label: string }): Command {
  const { interventions } = explorer.session.analysis
  const isWhole = interventionsAt(interventions, place, site).length === 0
  return {
    label: `${isWhole ? 'Ablate' : 'Restore'} ${name} ${label}`,
    words: `switch flip ${isWhole ? 'off' : 'on'} ${siteWords[site] ?? site}`,
    run: () => explorer.interventions.flip(place, site),
  }
}

const siteWords: Partial<Readonly<Record<Site, string>>> = {
  q: 'query queries head',
  k: 'key keys head',
  v: 'value values head',
  pattern: 'attention head',
  result: 'output head',
  mlp_out: 'output neurons',
}

const modeWords = {
  zero: 'zeros 0',
  mean: 'average',
  resample: 'another random sum',
  patch: 'donor patching activation',
} as const
