import type { FigureDefinition } from '../figure'

/** What figures of the parameters alone have in common. */
export const ofWeights = {
  about: 'weights',
  over: 'the weights alone; nothing is averaged',
  layerNorm: 'none is run; where processing folds LayerNorms, their weights are in the parameters',
} as const

/** What the entries of W_U are measured in. */
export const logitsPerUnit = 'logits per unit of the residual stream'

/** The definition of a figure of W_U: `formula` in the words of linear algebra. */
export function unembeddingDefinition(formula: string, unit: string): FigureDefinition {
  const { over, layerNorm } = ofWeights
  return { formula, hook: 'unembed.W_U', over, layerNorm, unit }
}
