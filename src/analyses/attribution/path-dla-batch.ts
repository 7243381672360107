import { axis, tensorOver } from '../../core/axis'
import { answerPositions } from '../../core/positions'
import { formatEquation } from '../../core/sum-text'
import { BadInput } from '../../core/bad-input'
import type { ActivationCache } from '../../model/model'
import { defaultDataset } from '../../core/task-layout'
import { defineAnalysis } from '../analysis'
import { ofRunSums, definition, examples } from '../parameters'
import { digitAxis } from '../parts/axes'
import { firstFrequency } from '../parts/first-frequency'
import { runIntervenedBatches } from '../running/intervened-batches'
import { pathAttribution, pathDlaHooks } from './path-dla'
import type { Batch } from '../running/run-batches'

/** Two numbers are kept for every path, digit and sum. */
const mostSums = 20_000

/** The arrows of all paths for many sums: whether a path always turns the answer the same way, or by what it has read. */
export const pathDlaBatch = defineAnalysis({
  id: 'path-dla-batch',
  question: 'Which way does each path push the answer, over many sums?',
  definition:
    'Frequency 1 (as torch.fft.rfft over the ten digits) of the path attribution (see path-dla) of every sum: magnitudes in ' +
    'logits, phases in radians. The notebook divides values by the ln1 scale of layer 0 and leaves the biases out.',
  about: 'dataset',
  parameters: { ...ofRunSums, definition, examples },
  async run(context, params) {
    const { model } = context
    const { layout } = model.config
    const { interventions = [], definition = 'corrected', examples } = params
    const { size } = params.dataset ?? defaultDataset
    if (Math.min(size, examples ?? size) > mostSums)
      throw new BadInput(
        `The analysis "path-dla-batch" keeps every sum, so ${size} are too many: ask for at most ${mostSums}.`,
      )
    const options = {
      outputs: pathDlaHooks(model, interventions, definition),
      positions: answerPositions(layout),
      ...(examples !== undefined && { atMost: examples }),
    }
    const magnitudes: Float64Array[] = []
    const phases: Float64Array[] = []
    const text: string[] = []
    let components: readonly string[] = []
    const add = (run: ActivationCache, batch: Batch) => {
      for (const [example, sum] of batch.sums.entries()) {
        const shares = pathAttribution(run, model, { example, interventions, definition })
        const { magnitude, phase } = firstFrequency(shares.data)
        components = shares.labels.component!
        magnitudes.push(magnitude)
        phases.push(phase)
        text.push(formatEquation(sum, layout))
      }
    }
    const result = () => {
      const axes = [axis('component', components), digitAxis(layout), axis('example', text.slice())] as const
      return {
        n: text.length,
        definition,
        magnitude: tensorOver(axes, transposed(magnitudes), 'logits'),
        phase: tensorOver(axes, transposed(phases), 'radians'),
      }
    }
    return runIntervenedBatches(context, params, options, add, result)
  },
})

/** Makes the rows the last axis. */
function transposed(rows: readonly Float64Array[]): Float64Array {
  const length = rows[0]!.length
  const result = new Float64Array(length * rows.length)
  rows.forEach((row, example) => {
    row.forEach((entry, index) => (result[index * rows.length + example] = entry))
  })
  return result
}
