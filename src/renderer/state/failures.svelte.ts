import type { EngineClient } from '../../contract/contract'
import type { CellMargins, EverySum } from '../../contract/exhaustive'
import { cellOf, mapRows, type Cell } from '../../charts/failures/cells'
import { firstLook, lookSums, withLook } from '../../charts/failures/first-look'
import { isOutside, loweredTo, marginScale, type MarginScale } from '../../charts/failures/margin-scale'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'
import type { Intervention } from '../../model/intervention'
import { digitsOfSum } from '../../session/session'
import { CellZoom } from './cell-zoom.svelte'
import { Exhaustive } from './exhaustive.svelte'
import type { SessionState } from './session.svelte'

/** Colours are set once so much is done, and once more when all is: never while the map fills. */
const settledShare = 0.1

/** What the Failures workspace shows: the evaluation of every sum, and what is chosen in it. */
export class Failures {
  readonly exhaustive: Exhaustive
  readonly zoom: CellZoom
  which = $state<'clean' | 'now'>('clean')
  measure = $state<'margin' | 'wrong'>('margin')
  counts = $state<'log' | 'lin'>('log')
  /** Margins from and to, of a stretch that was dragged in the histogram. */
  range = $state.raw<readonly [number, number] | null>(null)
  /** The column pattern whose cells are kept bright. */
  pattern = $state<string | null>(null)
  /** Whether a person chose the cell that is shown sum by sum. */
  chosen = $state(false)
  /** The cell that keys stand on in the map. */
  cursor = $state.raw<{ readonly row: number; readonly column: number } | null>(null)
  #scale: { readonly key: string; readonly scale: MarginScale } | null = null
  #look = $state.raw<EverySum | null>(null)
  /** Whether that has all of its sums. */
  #isWhole = $state(false)
  #looked: string | null = null
  #looking: Promise<void> = Promise.resolve()
  readonly #mapped = $derived.by(() => {
    const { report, of } = this.exhaustive
    if (!report?.evaluation) return this.#look
    return withLook(report.evaluation, this.#looked === JSON.stringify(of) ? this.#look : null, this.layout)
  })
  /** Which of the listed sums `N` came to last. */
  #step = -1

  constructor(
    private readonly engine: EngineClient,
    private readonly session: SessionState,
    private readonly layout: TaskLayout,
  ) {
    this.exhaustive = new Exhaustive(engine)
    this.zoom = new CellZoom(engine)
  }

  /** What is evaluated: nothing while clean sums are looked at. */
  get interventions(): readonly Intervention[] {
    return this.which === 'clean' ? [] : this.session.analysis.interventions
  }

  /** What is known of every sum, or before that of one in each cell. */
  get every(): EverySum | null {
    return this.exhaustive.report?.evaluation ?? this.#look
  }

  /** The same for the map, which keeps what a first look saw of the cells that are not evaluated yet. */
  get mapped(): EverySum | null {
    return this.#mapped
  }

  /** The same, but of a first look nothing before it is whole: only the map can be read of a part of it. */
  get told(): EverySum | null {
    return this.exhaustive.report?.evaluation ?? (this.#isWhole ? this.#look : null)
  }

  /** Whether only a first look is there. */
  get isLook(): boolean {
    return !this.exhaustive.report?.evaluation && this.#look !== null
  }

  /** Looks at one sum of each cell, at once, in the process that answers keystrokes. Settles when that is over, however it ends. */
  look(interventions: readonly Intervention[]): Promise<void> {
    const key = JSON.stringify(interventions)
    if (key !== this.#looked) {
      this.#looked = key
      this.#looking = this.#lookAt(key, interventions)
    }
    return this.#looking
  }

  async #lookAt(key: string, interventions: readonly Intervention[]): Promise<void> {
    this.#look = null
    this.#isWhole = false
    const take = (margins: CellMargins | undefined) => {
      if (margins && key === this.#looked) this.#look = firstLook(margins, this.layout)
    }
    const params = { interventions, ...lookSums(this.layout) }
    const onProgress = ({ margins }: { readonly margins?: CellMargins }) => take(margins)
    // What fails here is told by the evaluation itself.
    take(await this.engine.call('margins', params, { onProgress, newest: 'look' }).catch(() => undefined))
    if (key === this.#looked) this.#isWhole = true
  }

  /** Whether a margin is outside the stretch that was dragged in the histogram. */
  isOutside(margin: number): boolean {
    return isOutside(margin, this.range)
  }

  /** How many cells the map has along each side. */
  get side(): number {
    return mapRows(this.layout)
  }

  /**
   * The scale of what the map shows, which stays as it is between a tenth of the sums and all of them; but no cell is weaker than its
   * weak end, which would then say more of the cell than is true.
   */
  scaleOf(every: EverySum, total: number): MarginScale {
    const look = this.#isWhole ? 'look' : 'part'
    const phase = this.isLook ? look : every.n === total ? 'all' : every.n >= settledShare * total ? 'tenth' : 'first'
    const key = `${JSON.stringify(this.exhaustive.of)} ${phase}`
    const scale = this.#scale?.key === key ? loweredTo(every, this.#scale.scale) : marginScale(every)
    this.#scale = { key, scale }
    return scale
  }

  /** Shows a cell sum by sum. */
  open(cell: Cell, chosen = true): void {
    if (chosen) this.chosen = true
    this.cursor = { row: cell.row, column: cell.column }
    void this.zoom.ask(cell, this.exhaustive.of)
  }

  /** Takes a sum for the one on screen, here or in Explore. */
  take(sum: Sum, inExplore: boolean): void {
    this.session.change({ digits: digitsOfSum(sum, this.layout) })
    if (inExplore) this.session.show({ workspace: 'explore' })
  }

  /** Goes to the next wrong sum, with none wrong the next of the weakest; -1 goes back. */
  step(by: 1 | -1): void {
    const { every } = this
    if (!every) return
    const listed = every.wrong > 0 ? every.wrongSums.a.length : every.weakest.length
    if (listed === 0) return
    this.#step = (this.#step + by + listed) % listed
    const sum =
      every.wrong > 0
        ? { a: every.wrongSums.a[this.#step]!, b: every.wrongSums.b[this.#step]! }
        : every.weakest[this.#step]!
    this.take(sum, false)
    this.open(cellOf(sum, this.side, this.layout))
  }

  /** Holds the evaluation, or lets it go on. */
  togglePause(): void {
    const paused = !this.session.view.exhaustivePaused
    this.session.show({ exhaustivePaused: paused })
    if (paused) this.exhaustive.pause()
    else this.exhaustive.resume()
  }

  again(): void {
    this.session.show({ exhaustivePaused: false })
    this.exhaustive.again()
  }
}
