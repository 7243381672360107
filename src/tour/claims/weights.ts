import { quantityOf, shareOf, type Claim } from '../claim'
import { asked, thousand } from '../inquiry'

/** Weights that can be read without a sum, and what positions alone decide. */
export const weightClaims: readonly Claim[] = [
  {
    id: 'sparse-unembed',
    statement: 'The unembedding reads a handful of dimensions.',
    why: 'Rows of W_U over the ten digits whose norm is more than five times the median: the rest of the residual stream is hardly read.',
    figure: 'unembedding',
    quantities: [quantityOf('rows', 'significant rows of W_U', { least: 1, most: 8 }, { most: 0 }, 4)],
    async check(inquiry) {
      const question = asked('unembedding', {})
      const { significantDims } = await inquiry.ask(question)
      const rows = significantDims.length > 0 ? `dimensions ${significantDims.join(', ')}` : 'no dimension stands out'
      return { values: [significantDims.length], found: rows, asked: question }
    },
  },
  {
    id: 'one-frequency',
    statement: 'One frequency holds nearly all of the unembedding.',
    why: 'The rows of W_U as waves over the ten digits: the share of their power that lies in the strongest frequency, the constant left out.',
    figure: 'unembedding-fourier',
    quantities: [shareOf('power of the strongest frequency', { least: 0.95 }, { most: 0.8 }, 0.99)],
    async check(inquiry) {
      const question = asked('unembedding', {})
      const { fourier } = await inquiry.ask(question)
      const [rows, components] = fourier.shape as [number, number]
      const powers = new Map<string, number>()
      for (let component = 1; component < components; component++) {
        const frequency = fourier.labels.component![component]!.split(' ')[1]!
        for (let row = 0; row < rows; row++)
          powers.set(frequency, (powers.get(frequency) ?? 0) + fourier.data[row * components + component]! ** 2)
      }
      const whole = [...powers.values()].reduce((sum, power) => sum + power, 0)
      const [frequency, power] = [...powers].reduce((one, other) => (other[1] > one[1] ? other : one))
      return { values: [power / whole], found: `frequency ${frequency} of 1 to ${powers.size}`, asked: question }
    },
  },
  {
    id: 'queries-free',
    statement: 'The queries of layer 0 depend on the position alone.',
    why: 'Every query of layer 0 is replaced by its mean over 1000 sums at the same position. If sums are still right, no query needs to know a digit.',
    figure: 'performance',
    quantities: [shareOf('right sums', { least: 0.99 }, { most: 0.9 }, 0.996)],
    async check(inquiry) {
      const heads = Array.from({ length: inquiry.config.n_heads }, (_, head) => head)
      const interventions = heads.map(
        (head) => ({ site: 'q', layer: 0, head, positions: 'all', mode: 'mean' }) as const,
      )
      const question = asked('performance', { dataset: thousand, interventions })
      const { exactMatch, n } = await inquiry.ask(question)
      return { values: [exactMatch], found: `${n} sums`, asked: question }
    },
  },
]
