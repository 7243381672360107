import { encodeModel } from './encode'
import { infer } from './infer'
import { elementTypeOf } from './value'
import type { Attributes, ConstantData, ElementType, GraphNode, Shape, Value } from './value'

/**
 * Writes an ONNX graph, one operator after the other.
 *
 * Element types and shapes are inferred as it grows, so that a mistake is found at the line that makes it. `nodes` lists
 * the operators in the order they were added, each after those it depends on: automatic differentiation walks it
 * backwards. Only what the outputs need is written, so a graph of fewer outputs is a smaller graph.
 */
export class GraphBuilder {
  readonly #nodes: GraphNode[] = []
  readonly #inputs: Value[] = []
  readonly #outputs = new Map<string, Value>()
  readonly #integers = new Map<string, Value>()
  readonly #names = new Set<string>()

  constructor(readonly name: string) {}

  get nodes(): readonly GraphNode[] {
    return this.#nodes
  }

  get inputs(): readonly Value[] {
    return this.#inputs
  }

  /** The values that running the graph returns, by the name they are returned under. */
  get outputs(): ReadonlyMap<string, Value> {
    return this.#outputs
  }

  /** A tensor given at every run; symbolic extents may differ from run to run. */
  input(name: string, type: ElementType, shape: Shape): Value {
    const value = { name: this.#claim(name), type, shape }
    this.#inputs.push(value)
    return value
  }

  /** A tensor stored in the graph; its element type is that of the array, a Uint8Array's is bool. */
  constant(shape: readonly number[], data: ConstantData, name?: string): Value {
    const size = shape.reduce((product, extent) => product * extent, 1)
    if (size !== data.length)
      throw new RangeError(`A constant of shape [${shape.join(', ')}] needs ${size} entries, not ${data.length}.`)
    return { name: this.#claim(name ?? this.#unused('constant')), type: elementTypeOf(data), shape, data }
  }

  /** A constant list of int64, as axes, shapes and indices are given. Equal lists are stored once. */
  integers(...values: readonly number[]): Value {
    const key = values.join(',')
    const known = this.#integers.get(key)
    if (known) return known
    const value = this.constant([values.length], BigInt64Array.from(values, BigInt))
    this.#integers.set(key, value)
    return value
  }

  /** A constant without axes. */
  scalar(value: number, type: 'float32' | 'float64'): Value {
    return this.constant([], type === 'float32' ? Float32Array.of(value) : Float64Array.of(value))
  }

  /** Adds an operator with one output and returns that. Throws RangeError where the inputs' extents do not fit. */
  op(type: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    const value = { name: this.#claim(this.#unused(type)), ...infer(type, inputs, attributes) }
    this.#nodes.push({ type, inputs, outputs: [value], attributes })
    return value
  }

  /** Makes a value an output of the graph, returned under `name`. */
  output(value: Value, name: string): void {
    if (this.#outputs.has(name)) throw new RangeError(`The graph "${this.name}" already has an output "${name}".`)
    this.#outputs.set(name, value)
  }

  /** The ModelProto's bytes, with the nodes, constants and inputs that the outputs depend on and no others. */
  build(metadata?: Readonly<Record<string, string>>): Uint8Array {
    const renamed = new Map<Value, string>()
    const copies: GraphNode[] = []
    const results = [...this.#outputs].map(([name, value]) => {
      const computed = this.#nodes.some((node) => node.outputs.includes(value))
      const target = computed && !renamed.has(value) ? value : { ...value, name }
      if (target !== value) copies.push({ type: 'Identity', inputs: [value], outputs: [target], attributes: {} })
      renamed.set(target, name)
      return target
    })
    const nodes = needed([...this.#nodes, ...copies], results)
    const used = new Set(nodes.flatMap((node) => node.inputs))
    return encodeModel({
      name: this.name,
      nodes,
      constants: [...used].filter((value) => value.data),
      inputs: this.#inputs.filter((value) => used.has(value)),
      outputs: results,
      nameOf: (value) => renamed.get(value) ?? value.name,
      ...(metadata && { metadata }),
    })
  }

  #claim(name: string): string {
    if (this.#names.has(name)) throw new RangeError(`The graph "${this.name}" already has a value "${name}".`)
    this.#names.add(name)
    return name
  }

  #unused(stem: string): string {
    return `${stem}_${this.#names.size}`
  }
}

/** The nodes that the results depend on, in their order. */
function needed(nodes: readonly GraphNode[], results: readonly Value[]): GraphNode[] {
  const wanted = new Set(results)
  const kept = nodes.toReversed().filter((node) => {
    const keep = node.outputs.some((output) => wanted.has(output))
    if (keep) node.inputs.forEach((input) => wanted.add(input))
    return keep
  })
  return kept.toReversed()
}
