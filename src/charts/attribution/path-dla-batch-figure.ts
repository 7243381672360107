import { digitLabels } from '../../core/positions'
import { parseSum } from '../../core/sum-text'
import { defineFigure, type AnswerTo, type ShownFigure } from '../figure'
import { steadiestFinding } from './attribution-findings'
import { ofAttribution } from './attribution-definition'
import { pathBatchDrawing, pathNote, pathScales, pathTable, type PathPoint, type PathScale } from './path-batch'

/** How many sums have a point of their own: more only cover each other. */
const pointedSums = 1000

/** Which way paths turn the answer, a point for each of many sums. */
export const pathDlaBatchFigure = defineFigure({
  id: 'path-dla-batch',
  title: 'Which way each path turns the answer',
  analysis: 'path-dla-batch',
  about: 'dataset',
  params: { examples: pointedSums },
  intervened: true,
  cells: [32],
  definition: {
    formula:
      'frequency 1 over the ten digits of what each path adds: a point for each sum, coloured by its right digit; ○ is the ring',
    hook: ofAttribution.pathHook,
    over: `each of the first ${pointedSums} sums of the subset for itself`,
    layerNorm: ofAttribution.pathLayerNorm,
    unit: 'logits, degrees',
    published:
      'The published figure divides by the LayerNorm scale of layer 0 where layer 1 reads, and leaves the biases out.',
  },
  size: { width: 1060, height: 620 },
  parts: { kind: 'digit', of: (result) => digitLabels(result.magnitude.shape[1]!) },
  choices: [{ kind: 'scale', label: 'scale', options: pathScales.map((name) => ({ name })) }],
  show: paths,
})

function paths({ result, part, layout, chosen = {} }: AnswerTo<'path-dla-batch'>): ShownFigure<PathPoint> {
  const { magnitude, phase } = result
  const focus = digitLabels(layout.answerDigits).indexOf(part)
  const scale = (chosen['scale'] ?? 'own scale') as PathScale
  const input = { magnitude, phase, focus, scale }
  return {
    label: `Which way each path turns ${part}, a point for each sum: angle and size of frequency 1`,
    finding: steadiestFinding(input, focus),
    draw: (display) => pathBatchDrawing(input, display),
    table: pathTable(input),
    note: pathNote,
    act: ({ sum }) => ({
      words: `open ${sum} in Explore`,
      sum: parseSum(sum.slice(0, sum.indexOf('=')), layout),
      focus,
    }),
  }
}
