import { defineFigure, type AnswerTo, type ShownFigure } from '../figure'
import { decimalText, percentText } from '../drawing/number-text'
import { circleChart } from './circle-chart'
import { circleInput, type CircleDatum } from './circle-input'

/** How the answer comes to stand on a circle, and where the sum on screen stands. */
export const circleFigure = defineFigure({
  id: 'circle',
  title: 'Circle',
  analysis: 'residual-circle',
  about: 'dataset',
  intervened: true,
  marksSum: true,
  definition: {
    formula:
      'the stream that predicts the digit, divided by its own scale, on W_U’s first two left singular vectors; plane: share of ' +
      'the ten centroids’ variance that lies in it; freq. 1: share of frequency 1 in them',
    hook: 'blocks.*.hook_resid_pre, hook_resid_post',
    over: 'the sums of the subset; the points are those of the first',
    layerNorm: 'each stage divided by its own scale; each picture has its own scale',
    unit: 'shares',
  },
  // A report carries every point along, for every digit.
  params: { examples: 100 },
  size: { width: 640, height: 380 },
  parts: { kind: 'digit', of: ({ points }) => points.labels.digit!, together: true },
  choices: [{ kind: 'circle', label: 'points by', options: [{ name: 'digit' }, { name: 'carry' }] }],
  show: circle,
})

function circle({ result, part, here = null, chosen = {} }: AnswerTo<'residual-circle'>): ShownFigure<CircleDatum> {
  const digit = part === '' ? result.points.labels.digit![0]! : part
  const input = circleInput(result, digit, here, chosen['circle'] === 'carry')
  const last = input.stages.at(-1)!
  const { clean, now } = input.names
  const runColumns = [clean, now].flatMap((name) => [`this sum, ${name}: x`, `this sum, ${name}: y`])
  const known = input.stages.filter(({ variance }) => !Number.isNaN(variance))
  return {
    label: `Where the stream that predicts ${digit} stands in the plane that W_U reads best, after each layer`,
    finding: Number.isNaN(last.variance)
      ? `${digit} does not have all ten digits in these sums: no circle can be told.`
      : `${sentenceCase(last.name)}, ${percentText(last.variance)} % of the centroids’ variance lies in this plane and ${percentText(last.frequency1)} % of it is frequency 1; what lies outside is not in the picture.`,
    draw: (display) => circleChart(input, display),
    table: {
      caption: `${digit}: shares after each layer`,
      columns: ['stage', 'plane', 'between digits', 'frequency 1', ...runColumns],
      rows: (known.length > 0 ? known : input.stages).map(({ name, variance, within, frequency1, clean, now }) => {
        return [name, variance, within, frequency1, ...clean, ...now]
      }),
    },
    note: ({ stage, of, x, y, n }) => ({
      subject: `${digit} ${stage}: ${of}`,
      lines: [
        { label: 'in the plane', value: `${decimalText(x, 2)}, ${decimalText(y, 2)}` },
        ...(of.length === 1 ? [{ label: 'sums drawn', value: String(n) }] : []),
      ],
    }),
    subject: ({ of }) => (of.length === 1 ? { digit: of } : {}),
  }
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
