import { realFourier } from '../../core/fourier'
import { axis, tensorOver } from '../../core/axis'
import { answerPositions } from '../../core/positions'
import { indexOfLargest } from '../../core/softmax'
import { digitsOf } from '../../core/tokens'
import { defineAnalysis } from '../analysis'
import { ofRunSums } from '../parameters'
import { rowOfDigit } from '../parts/answer-row'
import { digitAxis } from '../parts/axes'
import { logitCount } from '../parts/logit-map'
import { runIntervenedBatches } from '../running/intervened-batches'

const frequencies = [1, 2, 3, 4, 5]

/**
 * How much of an answer one wave tells. The logits are linear in the stream that is read, so that a wave of theirs is what W_U's
 * part of that frequency gives. Frequencies that share a factor with ten have several highest digits: the first of them counts.
 */
export const frequencyLens = defineAnalysis({
  id: 'frequency-lens',
  question: 'Does one frequency of the logits alone tell the answer?',
  definition:
    'The ten digits’ logits as waves over the digits (as torch.fft.rfft); of each frequency alone the digit where it is highest. ' +
    'accuracy: share of right digits. exactMatch: share of sums with every digit right. power: mean share of the power, the ' +
    'constant left out.',
  about: 'dataset',
  parameters: ofRunSums,
  async run(context, params) {
    const { config } = context.model
    const { layout, d_vocab } = config
    const { answerDigits } = layout
    const right = new Float64Array(frequencies.length * answerDigits)
    const power = new Float64Array(frequencies.length * answerDigits)
    const exact = new Float64Array(frequencies.length)
    let sums = 0
    const freq = axis('freq', frequencies.map(String))
    const axes = [freq, digitAxis(layout)] as const
    const mean = (totals: Float64Array) => totals.map((total) => total / sums)
    return runIntervenedBatches(
      context,
      params,
      { outputs: ['logits'], positions: answerPositions(layout) },
      (run, batch) => {
        const { data, shape } = run.get('logits')!
        const rows = shape[1]!
        for (const [example, { a, b }] of batch.sums.entries()) {
          const answer = digitsOf(a + b, answerDigits)
          const wrong = new Uint8Array(frequencies.length)
          for (let digit = 0; digit < answerDigits; digit++) {
            const from = (example * rows + rowOfDigit(rows, digit, config)) * d_vocab
            const waves = wavesOf(data.subarray(from, from + logitCount))
            waves.forEach(({ highest, share }, index) => {
              const cell = index * answerDigits + digit
              power[cell]! += share
              if (highest === answer[digit]) right[cell]!++
              else wrong[index] = 1
            })
          }
          wrong.forEach((isWrong, index) => (exact[index]! += 1 - isWrong))
        }
        sums += batch.sums.length
      },
      () => ({
        n: sums,
        accuracy: tensorOver(axes, mean(right), 'share'),
        exactMatch: tensorOver([freq], mean(exact), 'share'),
        power: tensorOver(axes, mean(power), 'share'),
      }),
    )
  },
})

/** Where each wave of ten logits is highest, and its share of the power of all; NaN where the logits are constant. */
function wavesOf(logits: ArrayLike<number>): readonly { readonly highest: number; readonly share: number }[] {
  const { magnitude, phase } = realFourier(logits, logitCount)
  // Each frequency but the last stands for itself and its mirror image.
  const powers = frequencies.map((frequency) => magnitude[frequency]! ** 2 * (2 * frequency === logitCount ? 1 : 2))
  const whole = powers.reduce((sum, value) => sum + value, 0)
  return frequencies.map((frequency, index) => ({
    highest: indexOfLargest(
      Array.from({ length: logitCount }, (_, digit) =>
        Math.cos(phase[frequency]! + (2 * Math.PI * ((frequency * digit) % logitCount)) / logitCount),
      ),
    ),
    share: powers[index]! / whole,
  }))
}
