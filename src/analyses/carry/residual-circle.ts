import { axis, numberedAxis, tensorOver, type Axis } from '../../core/axis'
import { columnsOf } from '../../core/columns'
import { answerPositions, digitLabels } from '../../core/positions'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'
import { digitsOf, logitLabels } from '../../core/tokens'
import { defineAnalysis } from '../analysis'
import { examples, ofRunSums } from '../parameters'
import { digitAxis } from '../parts/axes'
import { DigitCloud, planeOf } from '../parts/digit-cloud'
import { StreamReader } from '../parts/stream-reader'
import { eachAnswerVector, streamStages } from '../parts/stream-stages'
import { chosenSums } from '../running/chosen-sums'
import { costlyPartials, runIntervenedBatches } from '../running/intervened-batches'

/** Of how many sums, from the first on, the points are told where nothing else is asked for. */
const defaultExamples = 1000
/** Waves over the ten digits, from the constant on. */
const frequencies = 6

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
    const names = stages.map(({ name }) => name)
    const axes = [axis('stage', names), digitAxis(layout)] as const
    const component = numberedAxis('component', 2)
    const arithmetic = answersOf(drawn.slice(0, shown), layout)
    let sums = 0
    return runIntervenedBatches(
      context,
      params,
      { outputs: stages.map(({ hook }) => hook), positions: answerPositions(layout), partialsAt: costlyPartials },
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
      () => ({
        n: sums,
        points: tensorOver([...axes, axis('example', shown), component], points.slice()),
        ...arithmetic,
        ...statisticsOf(clouds, axes),
      }),
    )
  },
})

/** What is told of the clouds, one for each entry of the axes [stage, digit]. */
function statisticsOf(clouds: readonly DigitCloud[], axes: readonly [Axis<'stage'>, Axis<'digit'>]) {
  const digitValue = axis('digitValue', logitLabels)
  const each = (of: (cloud: DigitCloud) => Iterable<number>) => clouds.flatMap((cloud) => [...of(cloud)])
  const power = each((cloud) => cloud.power())
  const centroid = each((cloud) => cloud.centroid())
  const spread = each((cloud) => cloud.spread())
  const variance = each((cloud) => [cloud.variance()])
  const within = each((cloud) => [cloud.within()])
  const frequency1 = power.filter((_, index) => index % frequencies === 1)
  return {
    centroid: tensorOver([...axes, digitValue, numberedAxis('component', 2)], centroid),
    spread: tensorOver([...axes, digitValue], spread),
    variance: tensorOver(axes, variance, 'share'),
    within: tensorOver(axes, within, 'share'),
    frequency1: tensorOver(axes, frequency1, 'share'),
    power: tensorOver([...axes, numberedAxis('frequency', frequencies)], power, 'share'),
  }
}

/** What the examples' digits are, and whether a carry comes into them, [digit, example]. */
function answersOf(sums: readonly Sum[], layout: TaskLayout) {
  const digit = digitAxis(layout)
  const answers = sums.map(({ a, b }) => digitsOf(a + b, digit.extent))
  const carries = sums.map((sum) => columnsOf(sum, layout).carryIn)
  const over = (rows: readonly (readonly (number | boolean)[])[]) => {
    const values = digit.labels!.flatMap((_, column) => rows.map((row) => Number(row[column])))
    return tensorOver([digit, axis('example', sums.length)], Int32Array.from(values))
  }
  return { answer: over(answers), carryIn: over(carries) }
}
