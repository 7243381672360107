import { place, type Section } from '../figures/section'

/** The Weights workspace, top down. */
export const weightsSections: readonly Section[] = [
  {
    id: 'attention',
    title: 'Attention',
    question: 'where each head looks in the sum on screen',
    places: [place('attention'), place('dla', 2)],
  },
]
