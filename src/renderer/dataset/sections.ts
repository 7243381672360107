import { place, type Section } from '../figures/section'

/** The Dataset workspace, top down, as one asks. */
export const datasetSections: readonly Section[] = [
  {
    id: 'performance',
    title: 'How well it adds',
    question: 'how good it is, at which sums, and how sure',
    places: [
      place('performance'),
      place('certainty', 2, 1.5),
      place('carries', 1, 0.5),
      place('carry-classes', 2),
      place('dataset'),
    ],
  },
  {
    id: 'ablation',
    title: 'What it needs',
    question: 'what is lost without a head, its queries, keys or values, or what it does at one position',
    places: [
      place('head-ablation'),
      place('position-ablation', 2),
      place('qkv-ablation'),
      place('qkv-ablation-carries'),
      place('qkv-ablation-non-carries'),
    ],
  },
  {
    id: 'mean-attention',
    title: 'Where it looks',
    question: 'what each head attends to on average, how much that varies, and in the sum on screen',
    places: [place('mean-attention', 2, 2), place('attention', 1, 2)],
  },
  {
    id: 'attribution',
    title: 'What adds to the answer',
    question: 'how much each part adds to the right digit, and which way each path turns it',
    places: [place('dla-summary', 3), place('path-dla-batch', 3, 2)],
  },
  {
    id: 'carry',
    title: 'Where the carry goes',
    question: 'whether the last layer looks elsewhere when there is a carry',
    places: [place('carry-attention', 3, 2)],
  },
]
