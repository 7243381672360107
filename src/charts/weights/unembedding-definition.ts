/** What figures of W_U have in common. */
export const ofUnembedding = { analysis: 'unembedding', about: 'weights' } as const

/** The definition of a figure of W_U: `formula` in the words of linear algebra, `unit` that of W_U's entries where it is no other. */
export function unembeddingDefinition(formula: string, unit = 'logits per unit of the residual stream') {
  return { formula, hook: 'unembed.W_U', unit }
}
