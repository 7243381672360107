import type { ResultOf } from '../../analyses/registry'
import { digitLabels } from '../../core/positions'
import { headOfComponent } from '../attribution/component'
import { defineFigure, type Answer, type AnswerTo, type AnyFigure, type ShownFigure } from '../figure'
import {
  carryAttentionChart,
  carryAttentionNote,
  carryAttentionTable,
  predictingName,
  type CarryAttentionDatum,
  type CarryAttentionInput,
} from './carry-attention'
import { carryMovesFinding } from './carry-findings'
import { carryGridDrawing, gridNote, gridTable, type GridDatum } from './carry-attention-grid'

type ByCarry = ResultOf<'carry-attention'>

/** Whether the last layer looks elsewhere when there is a carry: from the position that predicts each digit, all at once. */
export const carryAttentionFigure = defineFigure({
  id: 'carry-attention',
  title: 'Last layer’s attention by carry',
  analysis: 'carry-attention',
  about: 'dataset',
  intervened: true,
  cells: [40],
  definition: {
    formula:
      'mean and standard deviation (ddof 1) of the attention from the position that predicts each digit: ▲ with a carry ' +
      'into its column, ○ without, – all sums',
    hook: 'blocks.*.attn.hook_pattern of the last layer',
    over: 'the sums of the subset with a carry into the digit’s column, those without, and all',
    unit: 'attention, 0 to 1',
    published:
      'The published groups hold sums where a carry comes into the column or leaves it, so that they mix carries with none.',
  },
  size: { width: 1060, height: 640 },
  show: attentionByCarry,
})

function attentionByCarry({ result, layout }: AnswerTo<'carry-attention'>): ShownFigure<GridDatum> {
  const input = { ...result, layout }
  return {
    label:
      'Attention of the last layer from every answer digit, with a carry into its column, without, and over all sums',
    finding: carryMovesFinding(input),
    draw: (display) => carryGridDrawing(input, display),
    table: gridTable(input),
    note: gridNote,
    subject: ({ head, key }) => ({ head, key }),
    act: ({ head, digit, focus }) => ({
      words: `open ${head} and digit ${digit} in Explore`,
      head: headOfComponent(head)!,
      focus,
    }),
  }
}

/** The same from the position that predicts one digit, as it stands beside the answer to a sum. */
export const carryAttentionOfDigit: AnyFigure = {
  ...carryAttentionFigure,
  parts: { kind: 'digit', of: (result: ByCarry) => digitsOf(result) },
  show: ({ result, part, layout }: Answer<ByCarry>) =>
    fromDigit({ ...result, layout, focus: digitsOf(result).indexOf(part) }),
}

function fromDigit(input: CarryAttentionInput): ShownFigure<CarryAttentionDatum> {
  return {
    label: `Attention from ${predictingName(input)} by whether a carry comes in`,
    get finding() {
      return carryMovesFinding(input)
    },
    draw: (display) => carryAttentionChart(input, display),
    get table() {
      return carryAttentionTable(input)
    },
    note: carryAttentionNote,
  }
}

function digitsOf({ mean }: ByCarry): readonly string[] {
  return digitLabels(mean.shape[1]!)
}
