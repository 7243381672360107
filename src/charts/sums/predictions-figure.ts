import type { ParamsOf, ResultOf } from '../../analyses/registry'
import { indexOfLargest } from '../../core/softmax'
import { answerDigitsOf } from '../../core/tokens'
import { bothRuns } from '../both-runs'
import { renameNote } from '../drawing/run-names'
import { defineFigure, type Answer, type ShownFigure } from '../figure'
import { predictionsFinding } from './performance-findings'
import { predictionNote, predictionsDrawing, predictionsTable, type PredictionDatum } from './predictions'
import type { PredictedRun, PredictionsInput } from './predictions-input'

type Predicted = Pick<ResultOf<'predictions'>, 'logits' | 'probs'>

/** What the model answers to one sum. */
export const predictionsFigure = defineFigure({
  id: 'predictions',
  title: 'Predictions',
  analysis: 'predictions',
  about: 'sum',
  intervened: true,
  cells: [8],
  definition: {
    formula: 'softmax over all outputs at the positions that predict C0 onwards',
    hook: 'unembed.hook_out',
    unit: 'probability',
  },
  show: predictions,
})

/** Of one run, or, where the surroundings know the clean run too, of both side by side. */
function predictions(
  answer: Answer<Predicted, Pick<ParamsOf<'predictions'>, 'sum' | 'interventions'>>,
): ShownFigure<PredictionDatum> {
  const { params, layout, focus = null, delta = false, logs = false } = answer
  const runs = bothRuns(answer, answered)
  const { names, intervened } = runs
  const input: PredictionsInput = {
    ...runs,
    truth: answerDigitsOf(params.sum, layout),
    focus,
    scale: delta ? 'delta' : logs ? 'logp' : 'p',
  }
  return {
    label: `Probability of each digit at each answer position${intervened ? `, ${names.clean} and ${names.now}` : ''}`,
    get finding() {
      return predictionsFinding(input)
    },
    draw: (display) => predictionsDrawing(input, display),
    // Drawn at every keystroke, but read only once the values have come to rest.
    get table() {
      return predictionsTable(input)
    },
    note: (datum) => renameNote(predictionNote(datum, intervened), names),
    act: ({ digit }) => ({ words: `look at C${digit}`, focus: digit }),
  }
}

/** The most likely token of each digit is the answer. */
function answered({ logits, probs }: Predicted): PredictedRun {
  const [digits, vocab] = logits.shape as [number, number]
  const predicted = Array.from({ length: digits }, (_, digit) => indexOfLargest(logits.data, digit * vocab, vocab))
  return { logits, probs, predicted }
}
