import { hookNamed, shapeOfHook } from '../hooks'
import { hookOf } from '../intervention'
import type { LoneEditSite } from '../lone-sites'
import type { Value } from '../onnx/value'
import type { GraphContext } from './graph-context'
import { maskInput, valueInput } from './graph-spec'

/**
 * What interventions replace in the last layer's heads, at whatever rows these are computed: masks [1, position, head, 1] and values
 * [1 or example, position, head, ..] are inputs. Where there are none, nothing is replaced and there are no inputs.
 */
export class LoneEdits {
  constructor(
    private readonly context: GraphContext,
    private readonly layer: number,
    private readonly wanted: boolean,
  ) {}

  /** x [example, row, head, ..] of a hook, where it is replaced; `rows` are those of the hook's positions, or of its narrowed ones. */
  replaced(site: LoneEditSite, x: Value, rows: readonly number[]): Value {
    if (!this.wanted) return x
    const [mask, value] = this.#at(site, rows)
    return this.context.builder.op('Where', [mask, value, x])
  }

  /** hook_z without the heads whose results are replaced. */
  withoutResults(z: Value, rows: readonly number[]): Value {
    if (!this.wanted) return z
    const [mask] = this.#at('result', rows)
    return this.context.builder.op('Where', [mask, this.#zero(), z])
  }

  /** `stream` [example, row, d_model] with what the replaced results write. */
  withResults(stream: Value, rows: readonly number[]): Value {
    if (!this.wanted) return stream
    const { builder } = this.context
    const [mask, value] = this.#at('result', rows)
    const written = builder.op('Where', [mask, value, this.#zero()])
    return builder.op('Add', [builder.op('ReduceSum', [written, builder.integers(2)], { keepdims: 0 }), stream])
  }

  /**
   * Attention x [example, head, query, ..] of some queries, where it is replaced: by what `of` makes of the rows that are given instead,
   * [example, head, query, position].
   */
  replacedPattern(x: Value, queries: readonly number[], of: (given: Value) => Value): Value {
    if (!this.wanted) return x
    const { builder } = this.context
    const [mask, value] = this.#inputs('pattern').map((all) =>
      builder.op('Gather', [all, builder.integers(...queries)], { axis: 2 }),
    ) as [Value, Value]
    const more = Array.from({ length: x.shape.length - 4 }, (_, axis) => 4 + axis)
    const isReplaced = more.length > 0 ? builder.op('Unsqueeze', [mask, builder.integers(...more)]) : mask
    return builder.op('Where', [isReplaced, of(this.context.trimmed(value, [3])), x])
  }

  #at(site: LoneEditSite, rows: readonly number[]): readonly [Value, Value] {
    return this.#inputs(site).map((all) => this.context.atPositions(all, rows)) as [Value, Value]
  }

  #inputs(site: LoneEditSite): readonly [Value, Value] {
    const { builder, config, spec, type } = this.context
    const hook = hookOf(site, this.layer)
    const [, ...extents] = shapeOfHook(config, hookNamed(config, hook), 1, spec.positions)
    const input = (name: string, of: typeof type | 'bool', last: number | string) =>
      builder.inputs.find((known) => known.name === name) ??
      builder.input(name, of, [`${name}.0`, ...extents.slice(0, -1), last])
    const last = site === 'pattern' ? config.n_ctx : `${hook}.entry`
    return [input(maskInput(hook), 'bool', 1), input(valueInput(hook), type, last)]
  }

  #zero(): Value {
    return this.context.builder.scalar(0, this.context.type)
  }
}
