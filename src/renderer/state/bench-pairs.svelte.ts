import type { ParamsOf } from '../../analyses/registry'
import type { EngineClient } from '../../contract/contract'
import type { TaskLayout } from '../../core/task-layout'
import { digitsOfSum } from '../../session/session'
import type { ExamplePair, PairChoice } from '../lab/example-pairs'
import { Query, type QueryOf } from './query.svelte'
import type { SessionState } from './session.svelte'

/** Of how many pairs, from the first on, the bench can tell what became of each. */
const told = 1000

/** The pairs behind a number of the bench, asked for one by one when somebody wants to see them. */
export class BenchPairs {
  /** Which are looked at; null for none. */
  choice = $state.raw<PairChoice | null>(null)
  readonly query: QueryOf<'transplant'>

  constructor(
    engine: EngineClient,
    private readonly session: SessionState,
    private readonly layout: TaskLayout,
  ) {
    this.query = new Query(engine, 'transplant', 'transplant/pairs')
  }

  /** Keeps the answer up to what the shares are of, while pairs are looked at. */
  ask(shares: ParamsOf<'transplant'> | null): void {
    if (this.choice && shares) this.query.ask({ ...shares, examples: told })
  }

  /** Takes the donor of a pair for the sum on screen, and with `both` its sum as well: one step that can be undone. */
  take({ sum, donor }: Pick<ExamplePair, 'sum' | 'donor'>, both: boolean): void {
    const { layout } = this
    const lab = { ...this.session.analysis.lab, donor: digitsOfSum(donor, layout) }
    this.session.change(both ? { digits: digitsOfSum(sum, layout), lab } : { lab })
  }
}
