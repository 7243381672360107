import { columnsOf } from '../../core/columns'
import { layerHeadLabels } from '../../core/heads'
import { Moments } from '../../core/moments'
import { axis, tensorOver } from '../../core/axis'
import { answerPosition, answerPositions } from '../../core/positions'
import type { Sum } from '../../core/sum'
import type { Tensor } from '../../core/tensor'
import { hookOf } from '../../model/intervention'
import type { ModelConfig } from '../../model/config'
import type { ActivationCache } from '../../model/model'
import { defineAnalysis } from '../analysis'
import { ofRunSums, definition } from '../parameters'
import { digitAxis, positionAxis } from '../parts/axes'
import { carriesInColumn, type CarryDefinition } from './carry-definitions'
import { runIntervenedBatches } from '../running/intervened-batches'
import type { Batch } from '../running/run-batches'

const groups = ['carry', 'noCarry', 'all'] as const

/**
 * Whether the last layer's attention tells a carry: its mean and spread from the position that predicts a digit, over the
 * sums with a carry into that digit's column, those without, and all. A group without sums has NaN.
 */
export const carryAttention = defineAnalysis({
  id: 'carry-attention',
  question: 'Does the last layer look elsewhere when there is a carry?',
  definition:
    'hook_pattern of the last layer from the position that predicts each digit: mean and standard deviation (ddof 1) over the ' +
    'sums with a carry into that column, without, and all. The notebook takes a + b different from c for a carry.',
  about: 'dataset',
  parameters: { ...ofRunSums, definition },
  async run(context, params) {
    const { config } = context.model
    const carry: CarryDefinition = params.definition === 'notebook' ? 'notebook' : 'carryIn'
    const statistics = new GroupedAttention(config, carry)
    const hook = hookOf('pattern', config.n_layers - 1)
    const options = { outputs: [hook], positions: answerPositions(config.layout) }
    const add = (run: ActivationCache, batch: Batch) => {
      statistics.add(run.get(hook)!, batch.sums)
    }
    return runIntervenedBatches(context, params, options, add, () => statistics.result())
  },
})

class GroupedAttention {
  /** For each group, digit and head, over keys. */
  readonly #moments: readonly Moments[]

  constructor(
    readonly config: ModelConfig,
    readonly carry: CarryDefinition,
  ) {
    const { layout, n_heads, n_ctx } = config
    this.#moments = Array.from({ length: groups.length * layout.answerDigits * n_heads }, () => new Moments(n_ctx))
  }

  /** Takes in the pattern [example, head, digit, key] of these sums. */
  add(pattern: Tensor, sums: readonly Sum[]): void {
    const { layout, n_heads, n_ctx } = this.config
    sums.forEach((sum, example) => {
      const columns = columnsOf(sum, layout)
      for (let digit = 0; digit < layout.answerDigits; digit++)
        for (let head = 0; head < n_heads; head++) {
          const row = ((example * n_heads + head) * layout.answerDigits + digit) * n_ctx
          const group = carriesInColumn(columns, digit, this.carry) ? 'carry' : 'noCarry'
          this.#of(group, digit, head).add(pattern.data, row)
          this.#of('all', digit, head).add(pattern.data, row)
        }
    })
  }

  result() {
    const { layout, n_heads, n_ctx, n_layers } = this.config
    const perGroup = [axis('group', groups), digitAxis(layout)] as const
    const axes = [
      ...perGroup,
      axis('head', layerHeadLabels(n_layers - 1, n_heads)),
      positionAxis('key', layout),
    ] as const
    const ofKeys = (of: (moments: Moments) => Float64Array) => {
      const data = new Float64Array(this.#moments.length * n_ctx)
      this.#moments.forEach((moments, index) => {
        data.set(of(moments), index * n_ctx)
        const digit = Math.floor(index / n_heads) % layout.answerDigits
        data.fill(NaN, index * n_ctx + answerPosition(digit, layout) + 1, (index + 1) * n_ctx)
      })
      return tensorOver(axes, data, 'probability')
    }
    const counts = Int32Array.from(
      { length: groups.length * layout.answerDigits },
      (_, index) => this.#moments[index * n_heads]!.count,
    )
    return {
      definition: this.carry,
      mean: ofKeys((moments) => moments.mean()),
      std: ofKeys((moments) => moments.standardDeviation()),
      n: tensorOver(perGroup, counts, 'sums'),
    }
  }

  #of(group: (typeof groups)[number], digit: number, head: number): Moments {
    const { layout, n_heads } = this.config
    return this.#moments[(groups.indexOf(group) * layout.answerDigits + digit) * n_heads + head]!
  }
}
