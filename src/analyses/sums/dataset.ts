import { columnsOf, type ColumnClass } from '../../core/columns'
import { digitLabels, positionLabels } from '../../core/positions'
import { formatEquation } from '../../core/sum-text'
import { tensor } from '../../core/tensor'
import { tokensOf } from '../../core/tokens'
import { defineAnalysis } from '../analysis'
import { ofSums, examples } from '../parameters'
import { chosenSums } from '../running/chosen-sums'

/** The column classes as numbers, by index. */
const columnClasses: readonly ColumnClass[] = ['K', 'P', 'G']

/** The sums themselves, with the arithmetic of their columns; no model is run. */
export const dataset = defineAnalysis({
  id: 'dataset',
  question: 'Which sums are these, and where do they carry?',
  definition:
    'Sums as torch’s CPU generator draws them (MT19937; first digits 0-4). Column classes: K (0) if the digits add to at most ' +
    '8, P (1) if to 9, G (2) if to more; carryIn and carryOut are 1 where a carry enters or leaves the column.',
  about: 'dataset',
  parameters: { ...ofSums, examples },
  async run({ model, schedule }, params) {
    const { numDigits } = model.config
    const sums = chosenSums(params, numDigits, schedule).slice(0, params.examples)
    const columns = sums.map((sum) => columnsOf(sum, numDigits))
    const perColumn = (of: (row: (typeof columns)[number]) => readonly (number | boolean)[]) =>
      tensor(['example', 'digit'], [sums.length, numDigits], Int32Array.from(columns.flatMap(of), Number), {
        labels: { digit: digitLabels(numDigits) },
      })
    return {
      tokens: { ...tokensOf(sums, numDigits), labels: { position: positionLabels(numDigits) } },
      text: sums.map((sum) => formatEquation(sum, numDigits)),
      patterns: columns.map(({ classes }) => classes.join('')),
      columnClass: perColumn(({ classes }) => classes.map((name) => columnClasses.indexOf(name))),
      carryIn: perColumn(({ carryIn }) => carryIn),
      carryOut: perColumn(({ carryOut }) => carryOut),
      cascade: perColumn(({ cascade }) => cascade),
    }
  },
})
