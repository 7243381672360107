import type { MethodParams } from '../contract/contract'
import type { CellMargins } from '../contract/exhaustive'
import { BadInput } from '../core/bad-input'
import { answerPositions } from '../core/positions'
import { checkSum } from '../core/sum-text'
import type { Tensor } from '../core/tensor'
import { tokensOf } from '../core/tokens'
import { runnerUpOf } from '../model/exhaustive/answer-scores'
import { intervenedModel } from './exhaustive/intervened-model'
import type { Model } from '../model/model'

/** Sums in one run. */
const batch = 200

/** The margins of a cell of sums, one by one; `tell` hears of what is known after every few hundred. Throws BadInput. */
export async function cellMargins(
  model: Model,
  { first, side, step, interventions }: MethodParams<'margins'>,
  tell: (done: number, total: number, soFar: CellMargins) => void,
): Promise<CellMargins> {
  const { layout, d_vocab } = model.config
  const last = (side - 1) * step
  checkSum({ a: first.a + last, b: first.b + last }, layout)
  if (layout.answerDigits > 255 || d_vocab > 256)
    throw new BadInput('The cell cannot be shown: this model has too many outputs; choose one with at most 256.')
  const total = side * side
  const cell: CellMargins = {
    side,
    margin: new Float32Array(total).fill(NaN),
    digit: new Uint8Array(total),
    runnerUp: new Uint8Array(total),
  }
  const intervened = intervenedModel(model, interventions)
  for (let begin = 0; begin < total; begin += batch) {
    const sums = Array.from({ length: Math.min(batch, total - begin) }, (_, row) => ({
      a: first.a + Math.floor((begin + row) / side) * step,
      b: first.b + ((begin + row) % side) * step,
    }))
    const tokens = tokensOf(sums, layout)
    const run = await intervened.run(tokens, { outputs: ['logits'], positions: answerPositions(layout) })
    readMargins(run.get('logits')!, begin, sums, cell, model)
    tell(begin + sums.length, total, copied(cell))
  }
  return cell
}

function readMargins(
  { data: logits, shape }: Tensor,
  begin: number,
  sums: readonly { readonly a: number; readonly b: number }[],
  { margin, digit, runnerUp }: CellMargins,
  { config: { layout, d_vocab } }: Pick<Model, 'config'>,
): void {
  // A run under interventions has all positions, another only those that predict.
  const [, positions] = shape as [number, number, number]
  const rows = positions === layout.answerDigits ? null : answerPositions(layout)
  sums.forEach(({ a, b }, row) => {
    let rest = a + b
    const at = begin + row
    margin[at] = Infinity
    for (let place = layout.answerDigits - 1; place >= 0; place--) {
      const right = rest % 10
      rest = Math.floor(rest / 10)
      const from = (row * positions + (rows ? rows[place]! : place)) * d_vocab
      const next = runnerUpOf(logits, from, d_vocab, right)
      const here = logits[from + right]! - logits[from + next]!
      // NaN is not above anything: a model whose logits are not finite is wrong.
      const known = Number.isNaN(here) ? -Infinity : here
      if (known > margin[at]) continue
      margin[at] = known
      digit[at] = place
      runnerUp[at] = next
    }
  })
}

/** What is sent must not change while it is on its way. */
function copied({ side, margin, digit, runnerUp }: CellMargins): CellMargins {
  return { side, margin: margin.slice(), digit: digit.slice(), runnerUp: runnerUp.slice() }
}
