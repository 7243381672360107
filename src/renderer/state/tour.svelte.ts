import { SvelteMap } from 'svelte/reactivity'
import { analyze } from '../../contract/analyze'
import type { EngineClient } from '../../contract/contract'
import { failureOf } from '../../contract/failure'
import type { ModelConfig } from '../../model/config'
import { shippedTours, type BesideTour } from '../../tour/beside'
import type { Claim, Measured } from '../../tour/claim'
import { claims } from '../../tour/claims/registry'
import { Inquiry, type Ask } from '../../tour/inquiry'
import { checkClaim, type Checked } from '../../tour/take-tour'
import { keptEverySum } from './every-sum'

/** What is known of a claim: its check, that this runs, or why it failed, in one sentence. */
export type ClaimState = Checked | 'running' | { readonly failure: string }

/** The tour of the open model: one claim at a time is looked at, and the checks run one after the other. */
export class Tour {
  readonly claims = claims
  /** The claim that is looked at. */
  current = $state(0)
  /** The tour of another model that is shown beside. */
  beside = $state.raw<BesideTour>(shippedTours[0]!)
  readonly #states = new SvelteMap<string, ClaimState>()
  #inquiry: Inquiry | undefined
  #running: Promise<void> = Promise.resolve()
  /** Counts the times that all were asked for: what an earlier time has not come to is left out. */
  #turn = 0
  #stopped = false

  constructor(
    private readonly config: ModelConfig,
    private readonly engine: EngineClient,
  ) {}

  get claim(): Claim {
    return this.claims[this.current]!
  }

  /** Null where it has not been asked yet. */
  stateOf({ id }: Claim): ClaimState | null {
    return this.#states.get(id) ?? null
  }

  /** What its check found; null where it has found nothing yet, or nothing could be asked. */
  measuredOf(claim: Claim): Measured | null {
    const state = this.stateOf(claim)
    return state && state !== 'running' && 'measured' in state ? state.measured : null
  }

  /** Goes to the claim that is so many after the present one; it stays at the first and the last. */
  step(by: number): void {
    this.current = Math.min(Math.max(this.current + by, 0), this.claims.length - 1)
  }

  /** Checks every claim, unless that was done before. */
  begin(): void {
    if (this.#turn === 0) this.runAll()
  }

  /** Asks the engine everything anew, the claim that is looked at first. */
  runAll(): void {
    this.#inquiry = undefined
    const turn = ++this.#turn
    for (const claim of [this.claim, ...this.claims.filter((each) => each !== this.claim)])
      this.#enqueue(claim, () => turn === this.#turn)
  }

  run(claim: Claim): void {
    this.#inquiry = undefined
    this.#enqueue(claim)
  }

  /** Checks nothing more: the engine has another model now, whose answers would be told as this one's. */
  stop(): void {
    this.#stopped = true
  }

  /** Every sum of the open model is evaluated now: claims that were waiting for that are checked. */
  evaluated(): void {
    for (const claim of this.claims) {
      const state = this.stateOf(claim)
      if (claim.figure === null && state && state !== 'running' && 'reason' in state) this.run(claim)
    }
  }

  #enqueue(claim: Claim, isWanted = () => true): void {
    this.#running = this.#running.then(() => (isWanted() && !this.#stopped ? this.#check(claim) : undefined))
  }

  async #check(claim: Claim): Promise<void> {
    const ask: Ask = (id, params) => analyze(this.engine, id, params)
    this.#states.set(claim.id, 'running')
    try {
      this.#inquiry ??= new Inquiry(this.config, ask, await keptEverySum(this.engine))
      this.#states.set(claim.id, await checkClaim(claim, this.#inquiry))
    } catch (error) {
      // An answer that failed is not to be remembered.
      this.#inquiry = undefined
      this.#states.set(claim.id, { failure: failureOf(error).message })
    }
  }
}
