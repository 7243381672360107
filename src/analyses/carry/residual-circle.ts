import { columnsOf } from '../../core/columns'
import { answerPositions, digitLabels } from '../../core/positions'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'
import { tensor } from '../../core/tensor'
import { digitsOf, logitLabels } from '../../core/tokens'
import { defineAnalysis } from '../analysis'
import { examples, ofRunSums } from '../parameters'
import { DigitCloud, planeOf } from '../parts/digit-cloud'
import { StreamReader } from '../parts/stream-reader'
import { eachAnswerVector, streamStages } from '../parts/stream-stages'
import { chosenSums } from '../running/chosen-sums'
import { costlyPartials, runIntervenedBatches } from '../running/intervened-batches'

/** Of how many sums, from the first on, the points are told where nothing else is asked for. */
const defaultExamples = 1000
const frequencies = ['0', '1', '2', '3', '4', '5']

/** How the answer comes to stand on a circle: the stream where each digit is predicted, in the plane that W_U reads best. */
export const residualCircle = defineAnalysis({
  id: 'residual-circle',
  question: 'Does the residual stream turn the answer into an angle?',
  definition:
    'The residual stream at each digit’s position, centred and divided by its own scale, on the first two left singular vectors ' +
    'of W_U (digits). centroid, spread (root mean square distance from it in the plane): by the right digit. variance: share of ' +
    'the centroids’ variance in the plane; within: share of all variance that the centroids hold; power: of the centroids’ ' +
    'waves over the ten digits.',
  about: 'dataset',
  parameters: { ...ofRunSums, examples },
  async run(context, params) {
    const { model } = context
    const { config } = model
    const { layout } = config
    const stages = streamStages(config)
    const reader = new StreamReader(model)
    const plane = planeOf(reader)
    const drawn = chosenSums(params, layout, context.schedule)
    const shown = Math.min(params.examples ?? defaultExamples, drawn.length)
    const clouds = stages.flatMap(() => digitLabels(layout.answerDigits).map(() => new DigitCloud(plane)))
    const points = new Float32Array(clouds.length * shown * 2).fill(NaN)
    const arithmetic = answersOf(drawn.slice(0, shown), layout)
    let sums = 0

    const axes = { stage: stages.map(({ name }) => name), digit: digitLabels(layout.answerDigits) }
    const shape = [stages.length, layout.answerDigits]
    const each = (of: (cloud: DigitCloud) => ArrayLike<number>): Float64Array => {
      const parts = clouds.map(of)
      const all = new Float64Array(parts.length * parts[0]!.length)
      parts.forEach((part, index) => {
        all.set(part, index * part.length)
      })
      return all
    }
    const component = ['0', '1']
    const resultOf = () => {
      const power = each((cloud) => cloud.power())
      return {
        n: sums,
        points: tensor(['stage', 'digit', 'example', 'component'], [...shape, shown, 2], points.slice(), {
          labels: { ...axes, component },
        }),
        ...arithmetic,
        centroid: tensor(
          ['stage', 'digit', 'digitValue', 'component'],
          [...shape, 10, 2],
          each((cloud) => cloud.centroid()),
          {
            labels: { ...axes, digitValue: logitLabels, component },
          },
        ),
        spread: tensor(
          ['stage', 'digit', 'digitValue'],
          [...shape, 10],
          each((cloud) => cloud.spread()),
          {
            labels: { ...axes, digitValue: logitLabels },
          },
        ),
        variance: tensor(
          ['stage', 'digit'],
          shape,
          each((cloud) => [cloud.variance()]),
          { labels: axes, unit: 'share' },
        ),
        within: tensor(
          ['stage', 'digit'],
          shape,
          each((cloud) => [cloud.within()]),
          { labels: axes, unit: 'share' },
        ),
        frequency1: tensor(
          ['stage', 'digit'],
          shape,
          power.filter((_, index) => index % frequencies.length === 1),
          { labels: axes, unit: 'share' },
        ),
        power: tensor(['stage', 'digit', 'frequency'], [...shape, frequencies.length], power, {
          labels: { ...axes, frequency: frequencies },
          unit: 'share',
        }),
      }
    }
    return runIntervenedBatches(
      context,
      params,
      {
        outputs: stages.map(({ hook }) => hook),
        positions: answerPositions(layout),
        partialsAt: costlyPartials,
      },
      (run, batch) => {
        const answers = batch.sums.map(({ a, b }) => digitsOf(a + b, layout.answerDigits))
        sums += answers.length
        eachAnswerVector(run, config, (stage, digit, example, data, offset) => {
          const cloud = stage * layout.answerDigits + digit
          const point = clouds[cloud]!.add(reader.normalize(data, offset), answers[example]![digit]!)
          const place = batch.begin + example
          if (place < shown) points.set(point, (cloud * shown + place) * 2)
        })
      },
      resultOf,
    )
  },
})

/** What the examples' digits are, and whether a carry comes into them, [digit, example]. */
function answersOf(sums: readonly Sum[], layout: TaskLayout) {
  const digit = digitLabels(layout.answerDigits)
  const answers = sums.map(({ a, b }) => digitsOf(a + b, digit.length))
  const carries = sums.map((sum) => columnsOf(sum, layout).carryIn)
  const over = (value: (example: number, digit: number) => number) =>
    tensor(
      ['digit', 'example'],
      [digit.length, sums.length],
      Int32Array.from({ length: digit.length * sums.length }, (_, index) =>
        value(index % sums.length, Math.floor(index / sums.length)),
      ),
      { labels: { digit } },
    )
  return {
    answer: over((example, column) => answers[example]![column]!),
    carryIn: over((example, column) => (carries[example]![column] ? 1 : 0)),
  }
}
