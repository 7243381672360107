import type { ModelInfo } from '../contract/contract'
import { commandText, layoutToSay } from '../report/command-text'
import type { Checked } from '../tour/take-tour'
import { valueText, verdictBoundsText } from '../tour/value-text'
import { verdictCounts, verdictSigns } from '../tour/verdict'
import { aligned } from './text-table'

/**
 * Each claim with its verdict, its numbers, those of the published checkpoint and the bounds, and where they come from. `path` is the
 * model's file, where commands have to name it.
 */
export function tourText(all: readonly Checked[], model: ModelInfo, path: string | null): string {
  const counts = verdictCounts(all.map(({ verdict }) => verdict))
  return `${all.map((checked) => claimText(checked, model, path)).join('\n\n')}\n\n${counts} of ${all.length} claims.\n`
}

function claimText(checked: Checked, model: ModelInfo, path: string | null): string {
  const { claim, verdict } = checked
  const heading = `${verdictSigns[verdict]} ${verdict}: ${claim.statement} (${claim.id})`
  if (!('measured' in checked)) return `${heading}\n  ${checked.reason}`
  const { values, found, asked } = checked.measured
  const rows = claim.quantities.map((quantity, index) => [
    quantity.name,
    valueText(values[index]!, quantity),
    `published ${valueText(quantity.published, quantity)}`,
    verdictBoundsText(quantity),
  ])
  const command = asked ? [`  ${commandText(asked.id, asked.params, model.config, path, layoutToSay(model))}`] : []
  return [heading, aligned(rows), `  ${found}`, ...command].join('\n')
}
