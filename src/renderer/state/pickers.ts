import { columnsOf } from '../../core/columns'
import type { Sum } from '../../core/sum'
import { answerDigitsOf } from '../../core/tokens'
import { type TaskLayout, operandLimit } from '../../core/task-layout'
import type { EngineClient, RunView } from '../../contract/contract'
import { digitsOfSum } from '../../session/session'
import type { SessionState } from './session.svelte'

/** Where sums come from besides the keyboard. */
export class Pickers {
  /** How many sums `hard` asks the engine about. */
  readonly hardAmong = 24

  constructor(
    private readonly session: SessionState,
    private readonly engine: EngineClient,
    private readonly layout: TaskLayout,
    private readonly uniform: () => number = Math.random,
  ) {}

  random(): void {
    this.#choose(this.#draw())
  }

  /** A sum whose carry runs through as many columns as any of a few hundred draws. */
  cascade(): void {
    const draws = Array.from({ length: 400 }, () => this.#draw())
    const longest = (sum: Sum) => Math.max(...columnsOf(sum, this.layout).cascade)
    const length = Math.max(...draws.map(longest))
    this.#choose(draws.find((sum) => longest(sum) === length)!)
  }

  /** The least certain of some random sums: the one with the smallest probability of a right digit. */
  async hard(): Promise<void> {
    const draws = Array.from({ length: this.hardAmong }, () => this.#draw())
    const certainties = await Promise.all(draws.map((sum) => this.#certainty(sum)))
    this.#choose(draws[certainties.indexOf(Math.min(...certainties))]!)
  }

  async #certainty(sum: Sum): Promise<number> {
    const { clean } = await this.engine.call('explore', { sum, interventions: [] })
    return leastTrueProbability(clean, answerDigitsOf(sum, this.layout))
  }

  #draw(): Sum {
    const operand = () => Math.floor(this.uniform() * operandLimit(this.layout))
    return { a: operand(), b: operand() }
  }

  #choose(sum: Sum): void {
    this.session.change({ digits: digitsOfSum(sum, this.layout) })
  }
}

function leastTrueProbability(run: RunView, truth: readonly number[]): number {
  const vocab = run.probs.shape[1]!
  return Math.min(...truth.map((digit, index) => run.probs.data[index * vocab + digit]!))
}
