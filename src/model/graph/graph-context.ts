import type { ModelConfig } from '../config'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'
import { hooksOfOutputs, maskInput, valueInput } from './graph-spec'
import type { GraphSpec } from './graph-spec'
import type { Parameters } from './graph-parameters'

/** What every part of the model's graph is written with. */
export class GraphContext {
  readonly type: 'float32' | 'float64'
  readonly #hooks = new Map<string, Value>()
  readonly #edits: ReadonlySet<string>
  readonly #given: ReadonlySet<string>
  readonly #wanted: ReadonlySet<string>

  constructor(
    readonly builder: GraphBuilder,
    readonly config: ModelConfig,
    readonly parameters: Parameters,
    readonly spec: GraphSpec,
  ) {
    this.type = spec.type ?? 'float32'
    this.#edits = new Set(spec.edits)
    this.#given = new Set(spec.given)
    this.#wanted = new Set([...hooksOfOutputs(spec), ...this.#edits, ...this.#given])
  }

  /** Every activation that has a name, after its edit. */
  get hooks(): ReadonlyMap<string, Value> {
    return this.#hooks
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

  #replaced(name: string, x: Value): Value {
    if (this.#given.has(name)) return this.builder.input(valueInput(name), this.type, x.shape)
    return this.#edits.has(name) ? this.#edited(name, x) : x
  }

  /** Mask and value broadcast over any axis, so each of their extents is a symbol of its own. */
  #edited(name: string, x: Value): Value {
    const [maskName, valueName] = [maskInput(name), valueInput(name)]
    const mask = this.builder.input(
      maskName,
      'bool',
      [...x.shape.keys()].map((axis) => `${maskName}.${axis}`),
    )
    const value = this.builder.input(
      valueName,
      this.type,
      [...x.shape.keys()].map((axis) => `${valueName}.${axis}`),
    )
    return this.builder.op('Where', [mask, value, x])
  }
}
