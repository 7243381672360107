import { Moments } from '../../core/moments'
import { axis, numberedAxis, tensorOver } from '../../core/axis'
import { answerPositions } from '../../core/positions'
import { digitsOf } from '../../core/tokens'
import type { ModelConfig } from '../../model/config'
import type { ActivationCache } from '../../model/model'
import { defineAnalysis } from '../analysis'
import { ofRunSums, definition } from '../parameters'
import type { Attribution } from '../parts/attribution'
import { digitAxis } from '../parts/axes'
import { directLogitAttribution, dlaHooks } from './dla'
import { runIntervenedBatches } from '../running/intervened-batches'
import { logitCount } from '../parts/logit-map'
import type { Batch } from '../running/run-batches'

/** Logits: a digit that stands out by less does so by rounding, as where a part adds nothing. */
const leastMargin = 1e-3

/** What each part of the model adds to the right digit's logit, over many sums. */
export const dlaSummary = defineAnalysis({
  id: 'dla-summary',
  question: 'What does each part add to the right digit’s logit, over many sums?',
  definition:
    'Direct logit attribution (see dla) of the right digit’s logit: mean and standard deviation (ddof 1) over the sums, in ' +
    'logits. alone: share of sums in which a part by itself favours the right one of the ten digits, by more than 0.001 logits; anyHead: ' +
    'in which some head of the layer does. The notebook leaves b_O and b_U out.',
  about: 'dataset',
  parameters: { ...ofRunSums, definition },
  async run(context, params) {
    const { model } = context
    const { layout } = model.config
    const { interventions = [], definition = 'corrected' } = params
    const options = { outputs: dlaHooks(model, interventions), positions: answerPositions(layout) }
    let moments = new Moments(0)
    let alone = new Moments(0)
    let components: readonly string[] = []
    const result = () => ({ n: moments.count, definition, ...summary(moments, alone, components, model.config) })
    const add = (run: ActivationCache, batch: Batch) => {
      for (const [example, { a, b }] of batch.sums.entries()) {
        const shares = directLogitAttribution(run, model, { example, interventions, definition })
        components = shares.labels.component!
        const answer = digitsOf(a + b, layout.answerDigits)
        if (moments.count === 0) {
          moments = new Moments(components.length * layout.answerDigits)
          alone = new Moments((components.length + model.config.n_layers) * layout.answerDigits)
        }
        moments.add(sharesOfAnswer(shares, answer))
        alone.add(favouringAnswer(shares, answer, model.config.n_layers))
      }
    }
    return runIntervenedBatches(context, params, options, add, result)
  },
})

/** Row-major [component, digit]: the shares of the right digit's logit. */
function sharesOfAnswer({ shape, data }: Attribution, answer: readonly number[]): Float64Array {
  return Float64Array.from(
    { length: shape[0]! * answer.length },
    (_, row) => data[row * logitCount + answer[row % answer.length]!]!,
  )
}

/** Row-major [component, digit]: 1 where it favours the right digit; below that [layer, digit]: 1 where any head of it does. */
function favouringAnswer(
  { shape, data, labels }: Attribution,
  answer: readonly number[],
  layers: number,
): Float64Array {
  const rows = shape[0]! * answer.length
  const favouring = new Float64Array(rows + layers * answer.length)
  for (let row = 0; row < rows; row++) {
    const digit = row % answer.length
    if (!favours(data, row * logitCount, answer[digit]!)) continue
    favouring[row] = 1
    const layer = layerOfHead(labels.component![Math.floor(row / answer.length)]!)
    if (layer !== undefined) favouring[rows + layer * answer.length + digit] = 1
  }
  return favouring
}

/** Whether this digit has the highest of the ten logits that begin at `from`. */
function favours(data: ArrayLike<number>, from: number, digit: number): boolean {
  const least = data[from + digit]! - leastMargin
  for (let other = 0; other < logitCount; other++) if (other !== digit && !(data[from + other]! < least)) return false
  return true
}

/** Undefined for a component that is no head. */
function layerOfHead(component: string): number | undefined {
  const layer = /^H(\d+)\.\d+$/.exec(component)?.[1]
  return layer === undefined ? undefined : Number(layer)
}

function summary(
  moments: Moments,
  alone: Moments,
  components: readonly string[],
  { layout, n_layers: layers }: ModelConfig,
) {
  const digit = digitAxis(layout)
  const axes = [axis('component', components), digit] as const
  const shares = alone.mean()
  const cells = components.length * digit.extent
  return {
    mean: tensorOver(axes, moments.mean(), 'logits'),
    std: tensorOver(axes, moments.standardDeviation(), 'logits'),
    alone: tensorOver(axes, shares.slice(0, cells), 'share'),
    anyHead: tensorOver([numberedAxis('layer', layers), digit], shares.slice(cells), 'share'),
  }
}
