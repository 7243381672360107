import Dataset from './dataset/Dataset.svelte'
import Decks from './decks/Decks.svelte'
import Failures from './failures/Failures.svelte'
import CarryLab from './lab/CarryLab.svelte'
import Presenter from './present/Presenter.svelte'
import Stage from './stage/Stage.svelte'
import Tour from './tour/Tour.svelte'
import Train from './train/Train.svelte'
import Weights from './weights/Weights.svelte'

/** All that can take Explore's place: the other workspaces, the Stage, and the speaker's window of a talk. */
export const laterViews = {
  weights: Weights,
  dataset: Dataset,
  lab: CarryLab,
  failures: Failures,
  train: Train,
  tour: Tour,
  decks: Decks,
  stage: Stage,
  presenter: Presenter,
} as const
