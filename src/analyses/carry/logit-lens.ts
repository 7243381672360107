import { axis, tensorOver } from '../../core/axis'
import { answerPositions } from '../../core/positions'
import { indexOfLargest } from '../../core/softmax'
import { digitsOf } from '../../core/tokens'
import { defineAnalysis } from '../analysis'
import { ofRunSums } from '../parameters'
import { digitAxis } from '../parts/axes'
import { StreamReader } from '../parts/stream-reader'
import { eachAnswerVector, streamStages } from '../parts/stream-stages'
import { runIntervenedBatches } from '../running/intervened-batches'

/** What the unembedding would say after each layer. The last stage is the model itself. */
export const logitLens = defineAnalysis({
  id: 'logit-lens',
  question: 'After which layer can the unembedding read the answer?',
  definition:
    'The residual stream where each digit is predicted, after the embeddings and after each layer, through ln_final (with its ' +
    'own scale) and the unembedding. accuracy: share of right digits. correctLogitMean: mean logit of the right digit.',
  about: 'dataset',
  parameters: ofRunSums,
  async run(context, params) {
    const { model } = context
    const { config } = model
    const { layout } = config
    const stages = streamStages(config)
    const reader = new StreamReader(model)
    const right = new Float64Array(stages.length * layout.answerDigits)
    const logit = new Float64Array(stages.length * layout.answerDigits)
    let sums = 0
    const names = stages.map(({ name }) => name)
    const axes = [axis('stage', names), digitAxis(layout)] as const
    const mean = (totals: Float64Array) => totals.map((total) => total / sums)
    return runIntervenedBatches(
      context,
      params,
      { outputs: stages.map(({ hook }) => hook), positions: answerPositions(layout) },
      (run, batch) => {
        const answers = batch.sums.map(({ a, b }) => digitsOf(a + b, layout.answerDigits))
        sums += answers.length
        eachAnswerVector(run, config, (stage, digit, example, data, offset) => {
          const logits = reader.logits(data, offset)
          const answer = answers[example]![digit]!
          logit[stage * layout.answerDigits + digit]! += logits[answer]!
          if (indexOfLargest(logits) === answer) right[stage * layout.answerDigits + digit]!++
        })
      },
      () => ({
        n: sums,
        accuracy: tensorOver(axes, mean(right), 'share'),
        correctLogitMean: tensorOver(axes, mean(logit), 'logits'),
      }),
    )
  },
})
