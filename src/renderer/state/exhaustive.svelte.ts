import type { EngineClient, MethodParams } from '../../contract/contract'
import type { ExhaustiveReport } from '../../contract/exhaustive'
import { failureOf } from '../../contract/failure'
import type { Intervention } from '../../model/intervention'

type Action = MethodParams<'exhaustive'>['action']

/**
 * The evaluation of every sum, clean or under interventions, as far as the host has come with it. What is on screen always says
 * what it is of: a report for other interventions than those asked for now is stale until one comes for these.
 */
export class Exhaustive {
  #report = $state.raw<ExhaustiveReport | null>(null)
  /** The interventions that the report is of. */
  #of = $state.raw<readonly Intervention[]>([])
  #failure = $state<string | null>(null)
  #sentence = $state<string | null>(null)
  /** The interventions that were asked for last; null before any were. */
  #wanted = $state.raw<readonly Intervention[] | null>(null)
  /** Whether it was to go on when it was asked for last. */
  #runs = false
  /** When the run on screen began, and how many sums were done then; for the time that is left. */
  #began: { readonly at: number; readonly n: number } | null = null
  #secondsLeft = $state<number | null>(null)
  #turn = 0

  constructor(private readonly engine: EngineClient) {}

  get report(): ExhaustiveReport | null {
    return this.#report
  }

  get of(): readonly Intervention[] {
    return this.#of
  }

  /** Why it failed, in one sentence. */
  get failure(): string | null {
    return this.#failure
  }

  /** Why it was stopped by something else than a person's wish, in one sentence. */
  get sentence(): string | null {
    return this.#sentence
  }

  get running(): boolean {
    return this.#report?.state === 'running' && this.#failure === null && !this.stale
  }

  /** Whether the report is of other interventions than those that were asked for. */
  get stale(): boolean {
    return this.#wanted !== null && this.#report !== null && !same(this.#wanted, this.#of)
  }

  get secondsLeft(): number | null {
    return this.#secondsLeft
  }

  /** Shows what is kept for these interventions, and goes on with it if it `runs`. Does nothing where that was asked last. */
  ask(interventions: readonly Intervention[], runs: boolean): void {
    const isAsked = this.#wanted !== null && same(this.#wanted, interventions) && (this.#runs || !runs)
    if (isAsked && (!runs || this.#report?.state !== 'stopped')) return
    void this.#call(interventions, runs ? 'run' : 'look')
  }

  again(): void {
    void this.#call(this.#wanted ?? [], 'again')
  }

  /** Goes on with what was asked last, as after a pause or a failure. */
  resume(): void {
    void this.#call(this.#wanted ?? [], 'run')
  }

  pause(): void {
    void this.#call(this.#wanted ?? [], 'pause')
  }

  async #call(interventions: readonly Intervention[], action: Action): Promise<void> {
    const turn = ++this.#turn
    this.#wanted = interventions
    this.#runs = action === 'run' || action === 'again'
    this.#failure = null
    this.#began = null
    this.#secondsLeft = null
    const take = (report: ExhaustiveReport) => {
      if (turn !== this.#turn) return
      this.#report = report
      this.#of = interventions
      this.#estimate(report)
    }
    try {
      const report = await this.engine.call(
        'exhaustive',
        { interventions, action },
        { onProgress: ({ exhaustive }) => exhaustive && take(exhaustive) },
      )
      take(report)
      if (report.sentence !== null) this.#sentence = report.sentence
      else if (turn === this.#turn && action !== 'look') this.#sentence = null
    } catch (error) {
      if (turn === this.#turn) this.#failure = failureOf(error).message
    }
  }

  #estimate({ state, total, evaluation }: ExhaustiveReport): void {
    const n = evaluation?.n ?? 0
    if (state !== 'running' || n === 0) {
      this.#secondsLeft = null
      return
    }
    const now = performance.now()
    this.#began ??= { at: now, n }
    const rate = (n - this.#began.n) / (now - this.#began.at)
    this.#secondsLeft = rate > 0 ? (total - n) / rate / 1000 : null
  }
}

function same(one: readonly Intervention[], other: readonly Intervention[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
