import { place, type Section } from '../figures/section'

/** The Weights workspace, top down: from the answer back to what the first layer looks for. */
export const weightsSections: readonly Section[] = [
  {
    id: 'unembedding',
    title: 'Unembedding',
    question: 'which dimensions of the residual stream are read, and as what function of the digit?',
    places: [
      place('unembedding', 1, 2),
      place('unembedding-fft'),
      place('unembedding-arrows'),
      place('unembedding-gram'),
      place('unembedding-gram-arrows'),
    ],
  },
  {
    id: 'directions',
    title: 'Directions',
    question: 'how many directions are enough to tell ten digits apart?',
    places: [place('unembedding-singular-values'), place('unembedding-directions'), place('unembedding-plane')],
  },
  {
    id: 'frequencies',
    title: 'Frequencies',
    question: 'how much of the unembedding is one wave over the digits?',
    places: [
      place('unembedding-fourier', 1, 2),
      place('unembedding-reconstruction', 1, 2),
      place('unembedding-basis', 1, 2),
    ],
  },
  {
    id: 'qk',
    title: 'QK circuits',
    question: 'what do the heads of layer 0 look for, and where do heads look in the sum on screen?',
    places: [place('qk-full', 2, 2), place('qk-positional'), place('attention')],
  },
  {
    id: 'ov',
    title: 'OV circuits',
    question: 'what becomes of a digit that two heads move, one after the other?',
    places: [place('ov-pairs'), place('ov-embeddings', 2), place('ov-summed', 3, 2)],
  },
  {
    id: 'sum',
    title: 'One sum',
    question: 'do the parts of the answer point at the right digit?',
    places: [place('fourier-dla', 3), place('dla', 3), place('path-dla', 3, 2)],
  },
  {
    id: 'parameters',
    title: 'Parameters',
    question: 'what is the model made of, and are its weights centred?',
    places: [place('parameter-shapes'), place('zero-means'), place('final-layer-norm')],
  },
]
