import type { Table } from '../../charts/drawing/table'
import { headLabel } from '../../core/heads'
import { positionLabels, positionName } from '../../core/positions'
import type { ModelConfig } from '../../model/config'
import type { RunView } from '../../contract/contract'
import { attentionOf } from './thumbnail'

/** All heads' attention in numbers, clean and intervened: a row for each query and each key that it can attend to. */
export function attentionTable(clean: RunView, now: RunView, { n_layers, n_heads, layout }: ModelConfig): Table {
  const names = positionLabels(layout).map((_, position) => positionName(position, layout))
  const rows: (string | number)[][] = []
  for (let layer = 0; layer < n_layers; layer++)
    for (let head = 0; head < n_heads; head++) {
      const before = attentionOf(clean, layer, head)
      const after = attentionOf(now, layer, head)
      for (let query = 0; query < before.length; query++)
        for (let key = 0; key <= query; key++) {
          const at = query * before.length + key
          rows.push([headLabel(layer, head), names[query]!, names[key]!, before.values[at]!, after.values[at]!])
        }
    }
  return { caption: 'Attention', columns: ['head', 'query', 'key', 'clean', 'intervened'], rows }
}
