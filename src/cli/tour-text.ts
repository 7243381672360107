import type { ModelConfig } from '../model/config'
import { commandText } from '../report/command-text'
import type { Checked } from '../tour/take-tour'
import { boundsText, valueText } from '../tour/value-text'
import { aligned } from './text-table'

const marks = { confirmed: '✓', refuted: '✕', unclear: '?', 'not asked': '—' } as const

/** Each claim with its verdict, its numbers, those of the published checkpoint and the bounds, and where they come from. */
export function tourText(all: readonly Checked[], config: ModelConfig): string {
  const counts = (['confirmed', 'refuted', 'unclear', 'not asked'] as const)
    .map((verdict) => [verdict, all.filter((checked) => checked.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
  return `${all.map((checked) => claimText(checked, config)).join('\n\n')}\n\n${counts.join(', ')} of ${all.length} claims.\n`
}

function claimText(checked: Checked, config: ModelConfig): string {
  const { claim, verdict } = checked
  const heading = `${marks[verdict]} ${verdict}: ${claim.statement} (${claim.id})`
  if (!('measured' in checked)) return `${heading}\n  ${checked.reason}`
  const { values, found, asked } = checked.measured
  const rows = claim.quantities.map((quantity, index) => {
    const bounds = [
      ['confirmed', boundsText(quantity.confirmed, quantity)],
      ['refuted', boundsText(quantity.refuted, quantity)],
    ].flatMap(([name, text]) => (text === null ? [] : [`${name} ${text}`]))
    return [
      quantity.name,
      valueText(values[index]!, quantity),
      `published ${valueText(quantity.published, quantity)}`,
      bounds.join(', '),
    ]
  })
  const command = asked === null ? [] : [`  ${commandText(asked.id, asked.params, config)}`]
  return [heading, aligned(rows), `  ${found}`, ...command].join('\n')
}
