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
import { type KernelFunctions, kernelFunctions } from './kernel-code'
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
  /** [carry, digit]: the query's entry, and the slot of its numerator without the last digit of b. */
  readonly #queries: Int32Array
  readonly #slots: Int32Array
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
    const pages = Math.ceil((layout.address.free + Numerators.size(layout, config.layout)) / 65536)
    const memory = new WebAssembly.Memory({ initial: pages })
    const module = new WebAssembly.Module(wasmModule(kernelFunctions(config, layout, how, fixed), pages))
    this.#functions = new WebAssembly.Instance(module, { env: { memory } }).exports as KernelFunctions
    writeKernelTables(config, weights, tables, layout, memory.buffer, fixed, b_V)
    this.#task = config.layout
    this.#n = numDigits
    this.#entries = new Int32Array(contextLength(config.layout) - 1)
    this.#numerators = new Numerators(this.#entries, layout, tables, H, config.layout, this.#functions, memory.buffer)
    this.#queries = new Int32Array(2 * numDigits)
    this.#slots = new Int32Array(2 * numDigits)
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
    this.#enterAnswers(Math.floor((a + b) / 10), 0)
    if (last > 0) this.#enterAnswers(Math.floor((a + b) / 10) + 1, 1)
    for (let digit = 0; digit < groupSize; digit++) this.#orderSum(digit, last + digit, tens)
    this.#functions.group()
  }

  #orderSum(digit: number, lastColumn: number, tens: number): void {
    const n = this.#n
    const own = 2 * n * symbols + digit
    this.#numerators.orderKey(digit, own, tens)
    const from = lastColumn >= 10 ? n : 0
    for (let answer = 0; answer < n; answer++) {
      const query = this.#queries[from + answer]!
      const token = answer < n - 1 ? this.#queries[from + answer + 1]! % symbols : lastColumn % 10
      this.#numerators.orderAnswer(digit, answer, query, this.#slots[from + answer]!, own, token)
    }
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

  /** What the group's sums share whose answer begins with these digits, all but the last. */
  #enterAnswers(leading: number, carry: number): void {
    const n = this.#n
    const sign = equalsPosition(this.#task)
    this.#entries[sign] = sign * symbols
    this.#enterDigits(sign + 1, n - 1, leading)
    for (let answer = 0, place = 10 ** (n - 1); answer < n; answer++, place /= 10) {
      const index = carry * n + answer
      const query = this.#entries[sign + answer]!
      this.#queries[index] = query
      this.#slots[index] = this.#numerators.enterAnswer(answer, carry, leading & 1, Math.floor(leading / place), query)
    }
  }

  #enterDigits(position: number, count: number, number: number): void {
    let rest = number
    for (let at = position + count - 1; at >= position; at--) {
      this.#entries[at] = at * symbols + (rest % 10)
      rest = Math.floor(rest / 10)
    }
  }
}
