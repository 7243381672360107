import { clockFaceFigure } from '../../charts/attribution/clock-face-figure'
import { failureFigures } from '../../charts/failures/failure-figures'
import type { FixedFigure } from '../../charts/figure'
import { figureNamed } from '../../charts/figure-named'
import { trainingFigures } from '../../charts/training/training-figures'
import type { Workspace } from '../../session/session'
import type { Decks } from '../decks/decks.svelte'
import type { Explorer } from '../state/explorer.svelte'
import type { Command } from './command'
import { workspaceNames } from './workspaces'

/** Every panel of the workspaces that are no galleries, every claim of the tour, and every state of the deck that is open. */
export function panelCommands(explorer: Explorer, decks: Decks): readonly Command[] {
  const { session, tour } = explorer
  return [
    ...ofExplore.map(([id, words]) => {
      const declared = id === clockFaceFigure.id ? clockFaceFigure : figureNamed(id)
      const figure = id === 'head-ablation' ? { ...declared, title: 'Loss difference' } : declared
      const command = panel(explorer, 'explore', figure, words)
      const attribution = id === 'path-dla' ? 'paths' : id === 'dla' ? 'simple' : session.view.attribution
      // Paths take the place of the attention by carry.
      const shown = id === 'carry-attention' ? 'simple' : attribution
      const run = () => {
        session.show({ attribution: shown })
        command.run()
      }
      return { ...command, run }
    }),
    ...ofFailures.map(([name, words]) => panel(explorer, 'failures', failureFigures[name], words)),
    ...ofTraining.map(([name, words]) => panel(explorer, 'train', trainingFigures[name], words)),
    ...tour.claims.map(({ statement, why }, index) => ({
      label: `${workspaceNames.tour} › ${statement}`,
      words: `claim ${index + 1}`,
      text: why,
      isSentence: true,
      run: () => {
        tour.current = index
        session.show({ stage: false, workspace: 'tour' })
      },
    })),
    ...decks.deck.states.map(({ title }, index) => ({
      label: `${workspaceNames.decks} › ${index + 1} ${title}`,
      words: 'deck state slide talk',
      isSentence: true,
      run: () => {
        decks.choose(index)
        session.show({ stage: false, workspace: 'decks' })
      },
    })),
  ]
}

/** Each with the words that its title and formula lack. */
const ofExplore = [
  ['predictions', 'digits logits softmax'],
  ['dla', 'direct contribution heads'],
  ['path-dla', 'paths composition'],
  ['carry-attention', 'pattern last layer'],
  ['clock-face', 'angle circle arrows'],
  ['carry-classes', 'carries generate propagate kill table bars'],
  // Explore has the name of its numbers.
  ['head-ablation', 'without a head importance matters cut knock'],
] as const

const ofFailures = [
  ['map', 'heat all exhaustive wrong errors mistakes'],
  ['cell', 'zoom one'],
  ['margins', 'histogram confidence'],
  ['nearest', 'closest wrong weak neighbour'],
  ['patterns', 'carry classes wrong'],
  ['weakest', 'hardest worst wrong list'],
] as const satisfies readonly (readonly [keyof typeof failureFigures, string])[]

const ofTraining = [
  ['loss', 'curve learning training'],
  ['wrong', 'curve errors training'],
  ['moved', 'transplant carry sites curve'],
  ['film', 'film play scrub animation steps'],
  ['table', 'two checkpoints models numbers difference'],
] as const satisfies readonly (readonly [keyof typeof trainingFigures, string])[]

function panel(explorer: Explorer, workspace: Workspace, figure: FixedFigure, words: string): Command {
  return {
    label: `${workspaceNames[workspace]} › ${figure.title}`,
    words: `${figure.id} ${words} panel figure chart`,
    text: figure.definition.formula,
    run: () => explorer.places.goToPanel({ workspace, figure: figure.id }),
  }
}
