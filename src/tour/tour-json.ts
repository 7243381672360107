import type { ModelInfo } from '../contract/contract'
import type { Checked } from './take-tour'
import { valueText } from './value-text'

/** What became of every claim of a model, as data. NaN is null; `text` is the value in its unit. */
export function tourJson(all: readonly Checked[], { name, sha256, config }: ModelInfo) {
  return {
    model: { name, sha256, config },
    claims: all.map((checked) => {
      const { id, statement, quantities } = checked.claim
      if (!('measured' in checked)) return { id, statement, verdict: checked.verdict, reason: checked.reason }
      const { values, found, asked } = checked.measured
      return {
        id,
        statement,
        verdict: checked.verdict,
        found,
        asked,
        quantities: quantities.map((quantity, index) => ({
          ...quantity,
          value: Number.isNaN(values[index]) ? null : values[index]!,
          text: valueText(values[index]!, quantity),
        })),
      }
    }),
  }
}
