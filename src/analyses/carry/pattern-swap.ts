import { columnSumsOf } from '../../core/column-hypothesis'
import { axis, tensorOver } from '../../core/axis'
import { answerPositions } from '../../core/positions'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'
import type { Tensor } from '../../core/tensor'
import { digitsOf, tokensOf } from '../../core/tokens'
import type { ModelConfig } from '../../model/config'
import { hookOf } from '../../model/intervention'
import type { Edit } from '../../model/model'
import { defineAnalysis } from '../analysis'
import { ofSums } from '../parameters'
import { rowOfDigit } from '../parts/answer-row'
import { digitAxis } from '../parts/axes'
import { observedDigits } from '../parts/observed-digits'
import { chosenSums } from '../running/chosen-sums'
import { batchesOf } from '../running/run-batches'

/** What the two sums have in common, besides which they differ. */
const groups = ['digit', 'sum and carry'] as const

/**
 * What the last layer's attention depends on. If it is a function of the digit to write, that of any other sum with the same digit
 * there does as well; if of the column's sum and carry, at least that of a sum with these.
 */
export const patternSwap = defineAnalysis({
  id: 'pattern-swap',
  question:
    'Does the last layer’s attention from another sum with the same digit, or the same column sum and carry, do as well?',
  definition:
    'Where each digit is predicted, the last layer’s hook_pattern of all heads comes from the next sum of the batch with the same ' +
    'right digit there, or the same digits’ sum and carry into it. accuracy: share of digits that are right then; sums without ' +
    'such another one are left out.',
  about: 'dataset',
  parameters: ofSums,
  async run({ model, progress, schedule }, params) {
    const { config } = model
    const { layout } = config
    const sums = chosenSums(params, layout, schedule)
    const axes = [axis('group', groups), digitAxis(layout)] as const
    const right = new Float64Array(groups.length * layout.answerDigits)
    const n = new Int32Array(right.length)
    const result = () => {
      const shares = right.map((count, cell) => count / n[cell]!)
      return { n: tensorOver(axes, n.slice()), accuracy: tensorOver(axes, shares, 'share') }
    }
    const hook = hookOf('pattern', config.n_layers - 1)
    const positions = answerPositions(layout)
    for (const batch of batchesOf(sums)) {
      const tokens = tokensOf(batch.sums, layout)
      const pattern = (await model.run(tokens, { outputs: [hook], positions })).get(hook)!
      for (const [group] of groups.entries()) {
        const donors = donorsOf(batch.sums, group, layout)
        const edits = [swapped(pattern, hook, donors, config)]
        const observed = observedDigits(
          (await model.run(tokens, { outputs: ['logits'], positions, edits })).get('logits')!,
          config,
        )
        batch.sums.forEach(({ a, b }, example) => {
          digitsOf(a + b, layout.answerDigits).forEach((digit, index) => {
            const at = example * layout.answerDigits + index
            if (donors[at] === example) return
            n[group * layout.answerDigits + index]!++
            if (observed[at] === digit) right[group * layout.answerDigits + index]!++
          })
        })
      }
      progress(batch.end, sums.length, result())
    }
    return result()
  },
})

/** For each [example, digit] the next example that has the same in common there, around; itself where there is no other. */
function donorsOf(sums: readonly Sum[], group: number, layout: TaskLayout): Int32Array {
  const donors = new Int32Array(sums.length * layout.answerDigits)
  const arithmetic = sums.map((sum) => columnSumsOf(sum, layout))
  for (let digit = 0; digit < layout.answerDigits; digit++) {
    const members = new Map<number, number[]>()
    arithmetic.forEach(({ sums: columns, columns: { carryIn } }, example) => {
      const whole = columns[digit]! + Number(carryIn[digit])
      const common = group === 0 ? whole % 10 : 2 * columns[digit]! + Number(carryIn[digit])
      members.set(common, [...(members.get(common) ?? []), example])
    })
    for (const alike of members.values())
      alike.forEach((example, index) => {
        donors[example * layout.answerDigits + digit] = alike[(index + 1) % alike.length]!
      })
  }
  return donors
}

/** The pattern [example, head, query, key] with the row of each digit taken from its donor. */
function swapped({ data, shape }: Tensor, hook: string, donors: Int32Array, config: ModelConfig): Edit {
  const [examples, heads, queries, keys] = shape as [number, number, number, number]
  const { answerDigits } = config.layout
  const value = Float64Array.from(data)
  for (let digit = 0; digit < answerDigits; digit++) {
    const row = rowOfDigit(queries, digit, config)
    for (let example = 0; example < examples; example++)
      for (let head = 0; head < heads; head++) {
        const at = (from: number) => ((from * heads + head) * queries + row) * keys
        const donor = at(donors[example * answerDigits + digit]!)
        value.set(data.subarray(donor, donor + keys), at(example))
      }
  }
  return {
    hook,
    mask: { shape: [1, 1, 1, 1], data: Uint8Array.of(1) },
    value: { shape, data: data instanceof Float64Array ? value : Float32Array.from(value) },
  }
}
