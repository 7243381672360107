/** The key that opens each workspace, and the Stage. */
export const workspaceKeys = {
  explore: 'Alt+e',
  weights: 'Alt+w',
  dataset: 'Alt+d',
  lab: 'Alt+l',
  failures: 'Alt+x',
  train: 'Alt+r',
  tour: 'Alt+t',
  decks: 'Alt+k',
  stage: 'Alt+s',
}
