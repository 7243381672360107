import type { Workspace } from '../../session/session'

/** What the workspaces are called. */
export const workspaceNames: Readonly<Record<Workspace, string>> = {
  explore: 'Explore',
  weights: 'Weights',
  dataset: 'Dataset',
  lab: 'Carry lab',
  failures: 'Failures',
  train: 'Train',
  tour: 'Tour',
  decks: 'Decks',
}
