import { Moments } from '../../core/moments'
import { answerPositions, digitLabels } from '../../core/positions'
import { tensor } from '../../core/tensor'
import { digitsOf } from '../../core/tokens'
import type { TaskLayout } from '../../core/task-layout'
import type { ActivationCache } from '../../model/model'
import { defineAnalysis } from '../analysis'
import { ofRunSums, definition } from '../parameters'
import type { Attribution } from '../parts/attribution'
import { directLogitAttribution, dlaHooks } from './dla'
import { runIntervenedBatches } from '../running/intervened-batches'
import { logitCount } from '../parts/logit-map'
import type { Batch } from '../running/run-batches'

/** What each part of the model adds to the right digit's logit, over many sums. */
export const dlaSummary = defineAnalysis({
  id: 'dla-summary',
  question: 'What does each part add to the right digit’s logit, over many sums?',
  definition:
    'Direct logit attribution (see dla) of the right digit’s logit: mean and standard deviation (ddof 1) over the sums, in ' +
    'logits. The notebook leaves b_O and b_U out.',
  about: 'dataset',
  parameters: { ...ofRunSums, definition },
  async run(context, params) {
    const { model } = context
    const { layout } = model.config
    const { interventions = [], definition = 'corrected' } = params
    const options = { outputs: dlaHooks(model, interventions), positions: answerPositions(layout) }
    let moments = new Moments(0)
    let components: readonly string[] = []
    const result = () => ({ n: moments.count, definition, ...summary(moments, components, layout) })
    const add = (run: ActivationCache, batch: Batch) => {
      for (const [example, { a, b }] of batch.sums.entries()) {
        const shares = directLogitAttribution(run, model, { example, interventions, definition })
        components = shares.labels.component!
        if (moments.count === 0) moments = new Moments(components.length * layout.answerDigits)
        moments.add(sharesOfAnswer(shares, digitsOf(a + b, layout.answerDigits)))
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

function summary(moments: Moments, components: readonly string[], layout: TaskLayout) {
  const perComponent = (values: Float64Array) =>
    tensor(['component', 'digit'], [components.length, layout.answerDigits], values, {
      labels: { component: components, digit: digitLabels(layout.answerDigits) },
      unit: 'logits',
    })
  return { mean: perComponent(moments.mean()), std: perComponent(moments.standardDeviation()) }
}
