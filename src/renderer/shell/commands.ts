import { BadInput } from '../../core/bad-input'
import { headLabel } from '../../core/heads'
import { formatSum, parseSum } from '../../core/sum-text'
import { looksLikeLink } from '../../session/permalink'
import { digitsOfSum, palettes, themes, workspaces } from '../../session/session'
import type { Application } from '../state/application.svelte'
import type { Explorer } from '../state/explorer.svelte'
import { presetsOf, switchSites } from '../state/switches'
import { saveReport } from './save-report'
import { copyLink, openSession, saveSessionAs } from './session-files'
import { workspaceKeys, workspaceNames } from './workspaces'

/** Something that can be searched for and done. */
export interface Command {
  readonly label: string
  /** Its key, where it has one. */
  readonly keys?: string
  readonly run: () => void
}

/** Everything that can be done now, in the order in which it is listed before anything is typed. */
export function commandsOf(application: Application, explorer: Explorer): readonly Command[] {
  const { session, pickers, config } = explorer
  const layers = Array.from({ length: config.n_layers }, (_, layer) => layer)
  const heads = layers.flatMap((layer) => Array.from({ length: config.n_heads }, (_, head) => ({ layer, head })))
  return [
    { label: 'Undo', keys: 'Ctrl Z', run: () => session.undo() },
    { label: 'Redo', keys: 'Ctrl Shift Z', run: () => session.redo() },
    { label: 'Clear all interventions', run: () => explorer.cuts.clear() },
    { label: 'Random sum', keys: 'R', run: () => pickers.random() },
    { label: 'Cascade sum', keys: 'C', run: () => pickers.cascade() },
    { label: 'Hard sum', keys: 'H', run: () => void pickers.hard() },
    { label: 'Stage', keys: 'Alt S', run: () => session.show({ stage: !session.view.stage }) },
    ...workspaces.map((workspace) => ({
      label: `Go to ${workspaceNames[workspace]}`,
      keys: workspaceKeys[workspace],
      run: () => session.show({ stage: false, workspace }),
    })),
    { label: 'Open another model', keys: 'Ctrl O', run: () => application.choose() },
    { label: 'Open session…', run: () => openSession(application) },
    { label: 'Save session as…', keys: 'Ctrl S', run: () => void saveSessionAs(application) },
    { label: 'Copy state as text', run: () => void copyLink(application) },
    { label: 'Save report…', run: () => void saveReport(application) },
    { label: 'History', run: () => (explorer.overlay = 'history') },
    { label: 'Execution providers', run: () => (explorer.overlay = 'providers') },
    { label: 'Pin this state as A', run: () => explorer.pin('a') },
    { label: 'Pin this state as B', run: () => explorer.pin('b') },
    ...(session.pins.a ? [{ label: 'Compare with A', run: () => explorer.comparePins() }] : []),
    ...(explorer.runs.against ? [{ label: 'Compare with clean', run: () => session.show({ against: 'clean' }) }] : []),
    { label: 'Keyboard', keys: '?', run: () => (explorer.overlay = 'sheet') },
    ...presetsOf(config, explorer.spared).map((preset) => ({
      label: `Cut ${preset.label}`,
      run: () => explorer.cuts.applyPreset(preset),
    })),
    ...heads.flatMap((place) => {
      const name = headLabel(place.layer, place.head)
      return [
        { label: `Open ${name}`, run: () => explorer.openHead(place) },
        ...switchSites.map(({ site, label }) => ({
          label: `Flip ${name} ${label}`,
          run: () => explorer.cuts.flip(place, site),
        })),
      ]
    }),
    ...Array.from({ length: config.numDigits }, (_, focus) => ({
      label: `Focus on C${focus}`,
      keys: `Alt ${focus + 1}`,
      run: () => session.change({ focus }),
    })),
    ...themes.map((theme) => ({ label: `Theme: ${theme}`, run: () => session.show({ theme }) })),
    ...palettes.map((palette) => ({ label: `Palette: ${palette}`, run: () => session.show({ palette }) })),
  ]
}

/** The commands that hold every word of what was typed. Heads may be written `H0.1`, `0.1` or `L0H1`. */
export function matching(commands: readonly Command[], typed: string): readonly Command[] {
  const words = typed
    .toLowerCase()
    .replaceAll(/\bl(\d)h(\d)/g, 'h$1.$2')
    .split(/\s+/)
  return commands.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
}

/** A pasted link offers to open it. Null for anything else. */
export function linkCommand(application: Application, typed: string): Command | null {
  return looksLikeLink(typed) ? { label: 'Open the pasted state', run: () => application.openLink(typed) } : null
}

/** Typing a whole sum offers to take it. Null for anything else. */
export function sumCommand(explorer: Explorer, typed: string): Command | null {
  const { numDigits } = explorer.config
  try {
    const sum = parseSum(typed, numDigits)
    return {
      label: `Take the sum ${formatSum(sum, numDigits)}`,
      run: () => explorer.session.change({ digits: digitsOfSum(sum, numDigits) }),
    }
  } catch (error) {
    if (error instanceof BadInput) return null
    throw error
  }
}
