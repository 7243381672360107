import { place, type Section } from '../figures/section'

/** The Dataset workspace, top down. */
export const datasetSections: readonly Section[] = [
  {
    id: 'ablation',
    title: 'Ablation',
    question: 'what is lost without a head, or without its queries, keys or values',
    places: [place('head-ablation'), place('qkv-ablation'), place('carry-attention')],
  },
]
