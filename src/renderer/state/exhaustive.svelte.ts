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
  #asked = $state<string | null>(null)
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
    return this.#asked !== null && this.#report !== null && this.#asked !== JSON.stringify(this.#of)
  }

  get secondsLeft(): number | null {
    return this.#secondsLeft
  }

  /** Shows what is kept for these interventions, and goes on with it if it `runs`. Does nothing where that was asked last. */
  ask(interventions: readonly Intervention[], runs: boolean): void {
    const asked = JSON.stringify(interventions)
    if (asked === this.#asked && (!runs || this.#report?.state !== 'stopped')) return
    this.#asked = asked
    void this.#call(interventions, runs ? 'run' : 'look')
  }

  /** Asks for what was asked last once more, as after a failure. */
  retry(): void {
    const { interventions } = this.#last
    void this.#call(interventions, 'run')
  }

  again(): void {
    void this.#call(this.#last.interventions, 'again')
  }

  resume(): void {
    void this.#call(this.#last.interventions, 'run')
  }

  pause(): void {
    void this.#call(this.#last.interventions, 'pause')
  }

  #last: { readonly interventions: readonly Intervention[] } = { interventions: [] }

  async #call(interventions: readonly Intervention[], action: Action): Promise<void> {
    const turn = ++this.#turn
    this.#last = { interventions }
    this.#asked = JSON.stringify(interventions)
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
