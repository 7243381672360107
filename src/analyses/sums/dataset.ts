import { columnsOf, type ColumnClass } from '../../core/columns'
import { axis, tensorOver } from '../../core/axis'
import { positionLabels } from '../../core/positions'
import { formatEquation } from '../../core/sum-text'
import type { Tensor } from '../../core/tensor'
import type { TaskLayout } from '../../core/task-layout'
import { tokensOf } from '../../core/tokens'
import { vocabularyOrder } from '../../core/vocabulary'
import { defineAnalysis } from '../analysis'
import { ofSums, examples } from '../parameters'
import { digitAxis } from '../parts/axes'
import { chosenSums } from '../running/chosen-sums'

/** The column classes as numbers, by index. */
const columnClasses: readonly ColumnClass[] = ['K', 'P', 'G']

/** The sums themselves, with the arithmetic of their columns; no model is run. */
export const dataset = defineAnalysis({
  id: 'dataset',
  question: 'Which sums are these, and where do they carry?',
  definition:
    'Sums as torch’s CPU generator draws them (MT19937; first digits as the model’s layout has them, 0-4 in the published one). Column classes: K (0) if the digits add to at most ' +
    '8, P (1) if to 9, G (2) if to more; carryIn and carryOut are 1 where a carry enters or leaves the column.',
  about: 'dataset',
  parameters: { ...ofSums, examples },
  async run({ model, schedule }, params) {
    const { layout, d_vocab } = model.config
    const sums = chosenSums(params, layout, schedule).slice(0, params.examples)
    const columns = sums.map((sum) => columnsOf(sum, layout))
    const axes = [axis('example', sums.length), digitAxis(layout)] as const
    const perColumn = (of: (row: (typeof columns)[number]) => readonly (number | boolean)[]) =>
      tensorOver(axes, Int32Array.from(columns.flatMap(of), Number))
    return {
      tokens: withFileIds(tokensOf(sums, layout), layout, d_vocab),
      text: sums.map((sum) => formatEquation(sum, layout)),
      patterns: columns.map(({ classes }) => classes.join('')),
      columnClass: perColumn(({ classes }) => classes.map((name) => columnClasses.indexOf(name))),
      carryIn: perColumn(({ carryIn }) => carryIn),
      carryOut: perColumn(({ carryOut }) => carryOut),
      cascade: perColumn(({ cascade }) => cascade),
    }
  },
})

/** The tokens as the model's file numbers them. */
function withFileIds(tokens: Tensor<readonly ['example', 'position']>, layout: TaskLayout, d_vocab: number) {
  const ids = vocabularyOrder(layout, d_vocab)
  const data = Int32Array.from(tokens.data, (token) => ids[token]!)
  return { ...tokens, data, labels: { position: positionLabels(layout) } }
}
