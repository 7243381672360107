import type { ParamsOf, ResultOf } from '../../analyses/registry'
import { headOfComponent } from '../attribution/component'
import { defineFigure, type Around, type ShownFigure } from '../figure'
import { carryMovesFinding } from './carry-findings'
import { carryGridDrawing, gridNote, gridTable, type GridDatum } from './carry-attention-grid'

/** Whether the last layer looks elsewhere when there is a carry. */
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
    layerNorm: 'as the model runs',
    unit: 'attention, 0 to 1',
    published:
      'The published groups hold sums where a carry comes into the column or leaves it, so that they mix carries with none.',
  },
  size: { width: 1060, height: 640 },
  show: attentionByCarry,
})

function attentionByCarry(
  result: ResultOf<'carry-attention'>,
  _: ParamsOf<'carry-attention'>,
  __: string,
  { layout }: Pick<Around, 'layout'>,
): ShownFigure<GridDatum> {
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
