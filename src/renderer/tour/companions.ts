/** By a claim's figure: another one of the same analysis that shows its answer in another way. */
const companions: Readonly<Record<string, string>> = {
  race: 'hierarchy',
  needles: 'carry-needles',
  transplant: 'transplant-classes',
  'transplant-classes': 'transplant',
  'head-worths': 'interaction',
  performance: 'certainty',
  unembedding: 'unembedding-singular-values',
  'unembedding-fourier': 'unembedding-plane',
  'ov-summed': 'ov-pairs',
}

/** Which figure else to look at beside a claim's; undefined where there is none. */
export function companionOf(figure: string): string | undefined {
  return companions[figure]
}
