import { BadInput } from '../../core/bad-input'
import { headLabel } from '../../core/heads'
import { formatSum, parseSum } from '../../core/sum-text'
import { looksLikeLink } from '../../session/permalink'
import { commands, commandText, keyText, type CommandId } from '../../session/commands'
import { digitsOfSum, meanSets, palettes, themes } from '../../session/session'
import { shippedDecks } from '../decks/shipped-decks'
import type { Application } from '../state/application.svelte'
import { comparePins } from '../state/compare-pins'
import type { Explorer } from '../state/explorer.svelte'
import { meanSetNames } from '../../session/mean-set'
import { presetsOf, switchSites } from '../state/switches'
import { actionsOf } from './actions'
import type { Command } from './command'
import { figureCommands } from './figure-commands'

/** Everything that can be done now, in the order in which it is listed before anything is typed. */
export function commandsOf(application: Application, explorer: Explorer): readonly Command[] {
  const { session, config } = explorer
  const actions = actionsOf(application, explorer)
  const ids = (Object.keys(commands) as CommandId[]).filter((id) => id !== 'search')
  const layers = Array.from({ length: config.n_layers }, (_, layer) => layer)
  const heads = layers.flatMap((layer) => Array.from({ length: config.n_heads }, (_, head) => ({ layer, head })))
  return [
    ...ids.map((id): Command => {
      const { label, key, words } = commandText(id)
      return { label, run: actions[id], ...(key && { keys: keyText(key, isMac()) }), ...(words && { words }) }
    }),
    ...(session.pins.a ? [{ label: 'Compare with A', run: () => comparePins(session) }] : []),
    ...(explorer.runs.against ? [{ label: 'Compare with clean', run: () => session.show({ against: 'clean' }) }] : []),
    ...presetsOf(config, explorer.spared).map((preset) => ({
      label: `Ablate ${preset.label}`,
      words: 'preset cut replace',
      run: () => explorer.interventions.applyPreset(preset),
    })),
    ...heads.flatMap((place) => {
      const name = headLabel(place.layer, place.head)
      return [
        { label: `Open ${name}`, words: 'attention pattern head', run: () => explorer.openHead(place) },
        {
          label: `Move ${name} to the bench`,
          words: 'carry lab transplant site head',
          run: () => explorer.lab.putOnBench(place),
        },
        ...switchSites.map(({ site, label }) => ({
          label: `Switch ${name} ${label}`,
          words: `flip off ablate ${siteWords[site] ?? site}`,
          run: () => explorer.interventions.flip(place, site),
        })),
      ]
    }),
    ...Array.from({ length: config.layout.answerDigits }, (_, focus) => ({
      label: `Focus on C${focus}`,
      keys: keyText(`Alt+${focus + 1}`, isMac()),
      words: 'answer digit',
      run: () => session.change({ focus }),
    })),
    ...meanSets.map((meanOver) => ({
      label: `Take means over ${meanSetNames[meanOver]}`,
      words: 'average reference subset ablation',
      run: () => session.change({ meanOver }),
    })),
    ...shippedDecks.map(({ file, title }) => ({
      label: `Open the deck “${title}”`,
      words: 'talk slides states presentation',
      run: () => {
        application.decks.openShipped(file)
        session.show({ stage: false, workspace: 'decks' })
      },
    })),
    ...figureCommands(explorer),
    ...themes.map((theme) => ({
      label: `Theme: ${theme}`,
      words: 'colour color setting',
      run: () => session.show({ theme }),
    })),
    ...palettes.map((palette) => ({
      label: `Palette: ${palette}`,
      words: 'colour color blind setting',
      run: () => session.show({ palette }),
    })),
  ]
}

const siteWords: Readonly<Record<string, string>> = {
  q: 'query queries',
  k: 'key keys',
  v: 'value values',
  pattern: 'attention',
  result: 'output',
}

function isMac(): boolean {
  return navigator.platform.startsWith('Mac')
}

/** The commands that hold every word of what was typed, those whose name does first. Heads may be written `H0.1`, `0.1` or `L0H1`. */
export function matching(all: readonly Command[], typed: string): readonly Command[] {
  const words = typed
    .toLowerCase()
    .replaceAll(/\bl(\d)h(\d)/g, 'h$1.$2')
    .split(/\s+/)
  const holds = (text: string) => words.every((word) => text.toLowerCase().includes(word))
  const named = all.filter(({ label }) => holds(label))
  return [...named, ...all.filter((one) => !named.includes(one) && holds(`${one.label} ${one.words ?? ''}`))]
}

/** A pasted link offers to open it. Null for anything else. */
export function linkCommand(application: Application, typed: string): Command | null {
  return looksLikeLink(typed) ? { label: 'Open the pasted state', run: () => application.openLink(typed) } : null
}

/** Typing a whole sum offers to take it. Null for anything else. */
export function sumCommand(explorer: Explorer, typed: string): Command | null {
  const { layout } = explorer.config
  try {
    const sum = parseSum(typed, layout)
    return {
      label: `Take the sum ${formatSum(sum, layout)}`,
      run: () => explorer.session.change({ digits: digitsOfSum(sum, layout) }),
    }
  } catch (error) {
    if (error instanceof BadInput) return null
    throw error
  }
}
