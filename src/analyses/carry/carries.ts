import { columnPatterns } from '../../core/column-patterns'
import { columnsOf } from '../../core/columns'
import { axis, tensorOver } from '../../core/axis'
import { defineAnalysis } from '../analysis'
import { ofSums } from '../parameters'
import { digitAxis } from '../parts/axes'
import { carryDefinitions, carriesInColumn } from './carry-definitions'
import { chosenSums } from '../running/chosen-sums'

/** How often the sums of a dataset carry, column by column; no model is run. */
export const carries = defineAnalysis({
  id: 'carries',
  question: 'How often do these sums carry, and where?',
  definition:
    'Numbers of sums. any: some column carries. perColumn: carryIn, a carry enters the column; carryOut, one leaves it; ' +
    'notebook, a + b differs from c in the column, which is so where either happens. ' +
    'perPattern: sums of each column pattern, most significant column first.',
  about: 'dataset',
  parameters: ofSums,
  async run({ model, schedule }, params) {
    const { layout } = model.config
    const sums = chosenSums(params, layout, schedule)
    const patterns = columnPatterns(layout)
    const counts = new Map(patterns.map((pattern) => [pattern, 0]))
    const perColumn = new Int32Array(carryDefinitions.length * layout.answerDigits)
    let any = 0
    for (const sum of sums) {
      const columns = columnsOf(sum, layout)
      const pattern = columns.classes.join('')
      counts.set(pattern, counts.get(pattern)! + 1)
      if (columns.carryOut.includes(true)) any++
      for (const [row, definition] of carryDefinitions.entries())
        for (let digit = 0; digit < layout.answerDigits; digit++)
          if (carriesInColumn(columns, digit, definition)) perColumn[row * layout.answerDigits + digit]!++
    }
    return {
      n: sums.length,
      any,
      perColumn: tensorOver([axis('definition', carryDefinitions), digitAxis(layout)], perColumn, 'sums'),
      perPattern: tensorOver([axis('pattern', patterns)], Int32Array.from(counts.values()), 'sums'),
    }
  },
})
