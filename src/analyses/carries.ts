import { columnPatterns } from '../core/column-patterns'
import { columnsOf, hasCarry } from '../core/columns'
import { digitLabels } from '../core/positions'
import { tensor } from '../core/tensor'
import type { Analysis } from './analysis'
import { carryDefinitions, carriesInColumn } from './carry-definitions'
import { chosenSums } from './chosen-sums'
import { refuseInterventions } from './refusals'

/** How often the sums of a dataset carry, column by column; no model is run. */
export const carries: Analysis = {
  id: 'carries',
  question: 'How often do these sums carry, and where?',
  definition:
    'Numbers of sums. any: some column carries. perColumn: carryIn, a carry enters the column; carryOut, one leaves it; ' +
    'notebook, a + b differs from c in the column, which is so where either happens. ' +
    'perPattern: sums of each column pattern, most significant column first.',
  about: 'dataset',
  async run({ model }, params) {
    refuseInterventions('carries', params)
    const { numDigits } = model.config
    const { sums } = chosenSums(params, numDigits)
    const columns = sums.map((sum) => columnsOf(sum, numDigits))
    const patterns = columnPatterns(numDigits)
    const counts = new Map(patterns.map((pattern) => [pattern, 0]))
    for (const { classes } of columns) counts.set(classes.join(''), counts.get(classes.join(''))! + 1)
    const perColumn = carryDefinitions.flatMap((definition) =>
      digitLabels(numDigits).map(
        (_, digit) => columns.filter((column) => carriesInColumn(column, digit, definition)).length,
      ),
    )
    return {
      n: sums.length,
      any: sums.filter((sum) => hasCarry(sum, numDigits)).length,
      perColumn: tensor(['definition', 'digit'], [carryDefinitions.length, numDigits], Int32Array.from(perColumn), {
        labels: { definition: carryDefinitions, digit: digitLabels(numDigits) },
        unit: 'sums',
      }),
      perPattern: tensor(['pattern'], [patterns.length], Int32Array.from(counts.values()), {
        labels: { pattern: patterns },
        unit: 'sums',
      }),
    }
  },
}
