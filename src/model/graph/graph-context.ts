import type { ModelConfig } from '../config'
import { hookNamed } from '../hooks'
import type { GraphBuilder } from '../onnx/builder'
import type { ElementType, Value } from '../onnx/value'
import { computedLength, sequenceAxes } from './computed-length'
import { headInput, hooksOfOutputs, maskInput, valueInput } from './graph-spec'
import type { GraphSpec } from './graph-spec'
import type { Parameters } from './graph-parameters'

/** What every part of the model's graph is written with. */
export class GraphContext {
  readonly type: 'float32' | 'float64'
  /** How many positions are computed, from the first. */
  readonly length: number
  /** The index of the only head of the first layer that is computed, int32 [1]; undefined where all are. */
  readonly head: Value | undefined
  readonly #hooks: Map<string, Value>
  readonly #edits: ReadonlySet<string>
  readonly #given: ReadonlySet<string>
  readonly #wanted: ReadonlySet<string>

  constructor(
    readonly builder: GraphBuilder,
    readonly config: ModelConfig,
    readonly parameters: Parameters,
    readonly spec: GraphSpec,
    private readonly whole?: GraphContext,
  ) {
    this.type = spec.type ?? 'float32'
    this.length = computedLength(config, spec)
    this.head = whole ? whole.head : spec.known && builder.input(headInput, 'int32', [1])
    this.#hooks = whole ? whole.#hooks : new Map<string, Value>()
    this.#edits = new Set(spec.edits)
    this.#given = new Set(spec.given)
    this.#wanted = new Set([...hooksOfOutputs(spec), ...this.#edits, ...this.#given])
  }

  /** Every activation that has a name, after its edit. */
  get hooks(): ReadonlyMap<string, Value> {
    return this.#hooks
  }

  /** The same for a layer in which nothing is computed but `head`: the others' parameters and edits are left out. */
  ofOneHead(): GraphContext {
    const parameters = (key: string): Value => {
      const parameter = this.parameters(key)
      return /attn\.(W_[QKVO]|b_[QKV])$/.test(key) ? this.builder.op('Gather', [parameter, this.head!]) : parameter
    }
    return new GraphContext(this.builder, { ...this.config, n_heads: 1 }, parameters, this.spec, this)
  }

  /** An activation of all heads, of `head` alone. A Slice takes half as long as a Gather over an axis in the middle. */
  ofHead(hook: string, x: Value): Value {
    const { builder, head } = this
    const integer = (value: number): Value => builder.constant([1], Int32Array.of(value))
    const axis = integer(hookNamed(this.config, hook).dims.indexOf('head'))
    return builder.op('Slice', [x, head!, builder.op('Add', [head!, integer(1)]), axis])
  }

  /** Names an activation and, where the specification edits it, replaces it: x' = where(mask, value, x). */
  hook(name: string, x: Value): Value {
    const value = this.#replaced(name, x)
    this.#hooks.set(name, value)
    return value
  }

  /** Whether a hook's activation is edited or given, rather than computed. */
  replaces(hook: string): boolean {
    return this.#edits.has(hook) || this.#given.has(hook)
  }

  /** Whether a hook is asked for or edited; where it is not, a faster form may go around it. */
  needs(hook: string): boolean {
    return this.#wanted.has(hook)
  }

  /** The rows of `x` at some positions (axis 1), in that order. */
  atPositions(x: Value, positions: readonly number[] | undefined): Value {
    return positions ? this.builder.op('Gather', [x, this.builder.integers(...positions)], { axis: 1 }) : x
  }

  /** The first `length` entries of axes along which a whole sum stands. */
  trimmed(x: Value, axes: readonly number[]): Value {
    const { builder, length, config } = this
    if (length === config.n_ctx || axes.length === 0) return x
    const repeated = (value: number): Value => builder.integers(...axes.map(() => value))
    return builder.op('Slice', [x, repeated(0), repeated(length), builder.integers(...axes)])
  }

  #replaced(name: string, x: Value): Value {
    if (this.#edits.has(name)) return this.#edited(name, x)
    if (!this.#given.has(name)) return x
    const axes = sequenceAxes(this.config, name, this.spec)
    const input = valueInput(name)
    const shape = x.shape.map((extent, axis) => (axes.includes(axis) ? this.config.n_ctx : extent))
    if (!this.whole) return this.trimmed(this.builder.input(input, this.type, shape), axes)
    const heads = hookNamed(this.config, name).dims.indexOf('head')
    const ofAll = shape.with(0, `${input}.0`).with(heads, this.whole.config.n_heads)
    return this.ofHead(name, this.trimmed(this.builder.input(input, this.type, ofAll), axes))
  }

  /** Mask and value broadcast over any axis, so each of their extents is a symbol of its own. */
  #edited(name: string, x: Value): Value {
    const operand = (input: string, type: ElementType): Value => {
      const shape = x.shape.map((_, axis) => `${input}.${axis}`)
      const all = this.trimmed(this.builder.input(input, type, shape), sequenceAxes(this.config, name, this.spec))
      return this.whole ? this.ofHead(name, all) : all
    }
    return this.builder.op('Where', [operand(maskInput(name), 'bool'), operand(valueInput(name), this.type), x])
  }
}
