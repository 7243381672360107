import { meanSetNames } from '../../session/mean-set'
import { attributionForms, meanSets, palettes, predictionScales, themes } from '../../session/session'
import { paletteNames, themeNames } from '../../session/setting-names'
import type { SessionState } from '../state/session.svelte'
import type { Command } from './command'

/** Every choice of how answers are shown, and what means are over. */
export function settingCommands(session: SessionState): readonly Command[] {
  const { letters, exact } = session.view
  return [
    {
      label: 'Choose sums, seed and subset',
      words: 'data set dataset how many draw filter only sums like setting',
      run: () => session.show({ stage: false, workspace: 'dataset' }),
    },
    ...meanSets.map((meanOver) => ({
      label: `Take means over ${meanSetNames[meanOver]}`,
      words: 'average reference subset ablation',
      run: () => session.change({ meanOver }),
    })),
    ...predictionScales.map((predictions) => ({
      label: `Predictions: ${scaleNames[predictions]}`,
      words: 'probabilities scale setting',
      run: () => session.show({ predictions, stage: false, workspace: 'explore' }),
    })),
    ...attributionForms.map((attribution) => ({
      label: `Logit attribution: ${attribution}`,
      words: 'dla direct setting',
      run: () => session.show({ attribution, stage: false, workspace: 'explore' }),
    })),
    ...palettes.map((palette) => ({
      label: paletteNames[palette],
      words: `palette color setting ${palette === 'standard' ? '' : 'blind colourblind'}`,
      run: () => session.show({ palette }),
    })),
    ...themes.map((theme) => ({
      label: `Theme: ${themeNames[theme].toLowerCase()}`,
      words: 'colour color mode setting',
      run: () => session.show({ theme }),
    })),
    {
      label: exact ? 'Figures of the drawn sums' : 'Exact figures, of every sum',
      words: 'exact loss exhaustive setting',
      run: () => session.show({ exact: !exact }),
    },
    {
      label: `Single letters: ${letters ? 'off' : 'on'}`,
      words: 'shortcuts keyboard keys setting',
      run: () => session.show({ letters: !letters }),
    },
  ]
}

const scaleNames = { p: 'p', logp: 'log p', delta: 'Δ, the difference' } as const
