import type { Analysis } from '../analyses/analysis'

/** What a figure's numbers are. Each is a phrase or one sentence. */
export interface FigureDefinition {
  readonly formula: string
  /** TransformerLens's names of the hooks and parameters that it reads. */
  readonly hook: string
  /** What is averaged over, or that nothing is. */
  readonly over: string
  readonly layerNorm: string
  readonly unit: string
  /** What is wrong with the published figure; where given, `definition: 'notebook'` reproduces that. */
  readonly published?: string
}

type Usual = Pick<FigureDefinition, 'over' | 'layerNorm'>

/** A definition as it is written down: without what is usual for what the figure is about. */
export type WrittenDefinition = Omit<FigureDefinition, keyof Usual> & Partial<Usual>

/** What a definition says where the figure does not say it. */
export const usualOf: Readonly<Record<Analysis['about'], Usual>> = {
  sum: { over: 'one sum; nothing is averaged', layerNorm: 'as the model runs' },
  dataset: { over: 'the sums of the subset', layerNorm: 'as the model runs' },
  weights: {
    over: 'the weights alone; nothing is averaged',
    layerNorm: 'none is run; where processing folds LayerNorms, their weights are in the parameters',
  },
}
