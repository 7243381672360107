import { equalsPosition } from '../../core/positions'
import { contextLength, type TaskLayout } from '../../core/task-layout'
import type { ModelConfig } from '../config'
import { WebAssembly } from '../wasm/runtime'
import type { MultiplyAdd } from '../wasm/instructions'
import { wasmModule } from '../wasm/module'
import type { Weights } from '../weights'
import { type FirstLayerTables, symbols } from './layer-tables'
import { FixedActivations } from './fixed-activations'
import type { GroupScores } from './group-scores'
import { functionsOf, type KernelFunctions, kernelFunctions } from './kernel-code'
import { kernelLayout, vocab } from './kernel-layout'
import { writeKernelTables } from './kernel-tables'
import { Numerators } from './numerators'
import { groupSize, sumAt } from './sum-groups'

/**
 * Evaluates groups of sums in WebAssembly. Layer 0's softmax is split: its numerators and denominators are sums over tokens,
 * of which most stay the same from sum to sum, and what layer 1 makes of them is linear up to its LayerNorm's scale.
 */
export class KernelRun {
  /** Of the group at hand [sum, digit, vocab]. */
  readonly logits: Float32Array
  readonly scores: GroupScores
  /** Where `scores` has margins: the sum of exp(logit - highest wrong one) over the wrong ones. */
  readonly rests: Float32Array
  readonly #n: number
  readonly #functions: KernelFunctions
  readonly #numerators: Numerators
  readonly #entries: Int32Array
  /** [sum, lane]. */
  readonly #tokens: Int32Array
  readonly #task: TaskLayout
  #a = -1
  #prefix = -1

  constructor(
    config: ModelConfig,
    weights: Weights,
    tables: FirstLayerTables,
    how: MultiplyAdd,
    fixed = new FixedActivations(config, []),
    b_V: ArrayLike<number> = new Float64Array(config.n_heads * config.d_head),
  ) {
    const { n_heads: H } = config
    const numDigits = config.layout.answerDigits
    const layout = kernelLayout(config)
    const pages = Math.ceil((layout.address.free + 4 * layout.slots * layout.rowSet) / 65536)
    const memory = new WebAssembly.Memory({ initial: pages })
    const module = new WebAssembly.Module(wasmModule(kernelFunctions(config, layout, how, fixed), pages))
    this.#functions = functionsOf(config, new WebAssembly.Instance(module, { env: { memory } }).exports)
    writeKernelTables(config, weights, tables, layout, memory.buffer, fixed, b_V)
    this.#task = config.layout
    this.#n = numDigits
    this.#entries = new Int32Array(contextLength(config.layout) - 1)
    this.#numerators = new Numerators(this.#entries, layout, tables, H, config.layout, this.#functions, memory.buffer)
    this.#tokens = new Int32Array(memory.buffer, layout.address.tokens, groupSize * layout.lanes)
    this.logits = new Float32Array(memory.buffer, layout.address.logits, groupSize * numDigits * vocab)
    this.rests = new Float32Array(memory.buffer, layout.address.rests, groupSize * layout.lanes)
    this.scores = {
      smallest: new Float32Array(memory.buffer, layout.address.smallest, groupSize),
      losses: new Float64Array(memory.buffer, layout.address.losses, groupSize * 2),
      digitLosses: new Float64Array(memory.buffer, layout.address.digitLosses, layout.lanes * 2),
      margins: new Float32Array(memory.buffer, layout.address.margins, groupSize * layout.lanes),
      stride: layout.lanes,
    }
  }

  /** Of the group at hand, margins [sum, digit]. */
  marginsByDigit(): number[] {
    const { margins, stride } = this.scores
    return Array.from(margins).filter((_, index) => index % stride < this.#n)
  }

  /** Evaluates a group: its `logits` and `scores` are there until the next. */
  run(group: number): void {
    const n = this.#n
    const { a, b } = sumAt(group * groupSize, this.#task)
    if (a !== this.#a) this.#enterA(a)
    const prefix = Math.floor(b / 100)
    if (prefix !== this.#prefix) this.#enterPrefix(prefix)
    const before = 2 * n - 1
    const tens = before * symbols + (Math.floor(b / 10) % 10)
    this.#entries[before] = tens
    this.#numerators.writeTens(before, tens)
    const last = a % 10
    const leading = Math.floor((a + b) / 10)
    const carried = groupSize - last
    this.#numerators.orderKeys(2 * n * symbols, tens)
    this.#orderAnswers(0, carried, leading, last)
    if (last > 0) this.#orderAnswers(carried, groupSize, leading + 1, last - groupSize)
    this.#functions.group()
  }

  /** Of the group's sums from `first` to before `end`, whose answers begin with `leading` and end with `last` + their number. */
  #orderAnswers(first: number, end: number, leading: number, last: number): void {
    const n = this.#n
    const sign = equalsPosition(this.#task)
    const { stride } = this.scores
    this.#entries[sign] = sign * symbols
    this.#enterDigits(sign + 1, n - 1, leading)
    for (let answer = 0, before = 0; answer < n; answer++) {
      this.#numerators.orderAnswers(first, end, answer, before)
      if (answer === n - 1) break
      const token = this.#entries[sign + 1 + answer]! % symbols
      before = 10 * before + token
      for (let sum = first; sum < end; sum++) this.#tokens[sum * stride + answer] = token
    }
    for (let sum = first; sum < end; sum++) this.#tokens[sum * stride + n - 1] = last + sum
  }

  #enterA(a: number): void {
    const n = this.#n
    this.#a = a
    this.#prefix = -1
    this.#numerators.forgetAll()
    this.#enterDigits(0, n, a)
    this.#entries[n] = n * symbols
    for (let position = 0; position <= n; position++) this.#numerators.writeEarlyKey(position)
  }

  #enterPrefix(prefix: number): void {
    const n = this.#n
    this.#prefix = prefix
    this.#numerators.forgetPrefix()
    this.#enterDigits(n + 1, n - 2, prefix)
    for (let position = n + 1; position < 2 * n - 1; position++) this.#numerators.writeEarlyKey(position)
  }

  #enterDigits(position: number, count: number, number: number): void {
    let rest = number
    for (let at = position + count - 1; at >= position; at--) {
      const tenth = Math.trunc(rest / 10)
      this.#entries[at] = at * symbols + rest - 10 * tenth
      rest = tenth
    }
  }
}
