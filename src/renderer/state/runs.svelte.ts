import { usualNames, type RunNames } from '../../charts/drawing/run-names'
import type { Head } from '../../core/heads'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'
import { answerDigitsOf } from '../../core/tokens'
import type { MethodParams, RunView } from '../../contract/contract'
import { type Pin, type ViewState } from '../../session/session'
import { answerOf, type Answer } from './answer'
import type { LiveRun } from './live.svelte'
import type { SessionState } from './session.svelte'

/** A key that shows something for as long as it is down. */
type Held = 'clean' | 'delta' | null

const pinNames: RunNames = { clean: 'A', now: 'B' }

/** What two runs say at one answer digit. */
export interface Answers {
  readonly clean: Answer
  readonly now: Answer
  readonly truth: number
}

/** Which two runs stand beside each other everywhere: what is looked at, and what that is held against. */
export class Runs {
  held = $state<Held>(null)
  /** A shows the clean run everywhere, B the run under the interventions. */
  compare = $state<'clean' | 'now'>('now')

  constructor(
    private readonly session: SessionState,
    private readonly layout: TaskLayout,
    private readonly live: LiveRun,
    /** The run of the state pinned as A, while that is what the present is held against. */
    private readonly pinned: LiveRun,
    private readonly hovered: () => Head | null,
  ) {}

  /** The pinned state that everything is held against; null where that is the clean run. */
  get against(): Pin | null {
    const { view, pins } = this.session
    return view.against === 'a' ? pins.a : null
  }

  /** What the two runs of the sum on screen are called, wherever they are shown. */
  get names(): RunNames {
    return this.previewed ? { ...this.settledNames, now: 'preview' } : this.settledNames
  }

  /** The same of what no preview reaches, as everything over many sums. */
  get settledNames(): RunNames {
    return this.against ? pinNames : usualNames
  }

  /** The head whose ablation is previewed, on top of the interventions; null while no preview is on screen. */
  get previewed(): Head | null {
    const { result, answered } = this.live
    if (this.showsClean || !this.hovered() || !result?.preview) return null
    // Until the next answer comes, the preview is that of the head that was hovered before.
    const [ablation] = answered?.preview ?? []
    return ablation?.head === undefined ? null : { layer: ablation.layer, head: ablation.head }
  }

  /** The clean run, or A's while the present is held against that; null until the first answer. */
  get clean(): RunView | null {
    return (this.against ? this.pinned.result?.now : this.live.result?.clean) ?? null
  }

  /** The run to show beside the clean one: the previewed intervention's, else that under the interventions; clean while A is held. */
  get now(): RunView | null {
    const result = this.live.result
    if (!result) return null
    if (this.showsClean) return this.clean
    return (this.previewed && result.preview) ?? result.now
  }

  /** The sums of A and B where they are two; else null, as for the clean run, which is of the same sum. */
  get sums(): { readonly a: Sum; readonly b: Sum } | null {
    const [a, b] = [this.against && this.pinned.answered?.sum, this.live.answered?.sum]
    return a && b && (a.a !== b.a || a.b !== b.b) ? { a, b } : null
  }

  /** What the run `now` answers; null until the first answer. */
  get answered(): Omit<MethodParams<'explore'>, 'preview'> | null {
    const { answered } = this.live
    if (answered && this.previewed) {
      const { preview = [], ...run } = answered
      return { ...run, interventions: [...run.interventions, ...preview] }
    }
    if (!this.showsClean) return answered
    return this.against ? this.pinned.answered : answered && { sum: answered.sum, interventions: [] }
  }

  /** What `clean` and `now` say at each answer digit; empty until the first answer. */
  get answers(): readonly Answers[] {
    return this.#answersOf(this.now)
  }

  /** The same without a preview: what is so, and not what would be. */
  get settledAnswers(): readonly Answers[] {
    return this.#answersOf(this.showsClean ? this.clean : (this.live.result?.now ?? null))
  }

  #answersOf(now: RunView | null): readonly Answers[] {
    const { clean } = this
    const sum = this.live.answered?.sum
    if (!clean || !now || !sum) return []
    const { layout } = this
    const truth = answerDigitsOf(sum, layout)
    const sumOfA = this.against && this.pinned.answered?.sum
    const truthOfA = sumOfA ? answerDigitsOf(sumOfA, layout) : truth
    return truth.map((digit, index) => ({
      clean: answerOf(clean, index, truthOfA[index]!),
      now: answerOf(now, index, now === clean ? truthOfA[index]! : digit),
      truth: digit,
    }))
  }

  /** What the run is called that is shown of everything over many sums. */
  get settledName(): string {
    const { clean, now } = this.settledNames
    return this.comparesMany ? now : clean
  }

  /** Whether two runs over many sums are shown: a clean one, or A's, and that under the interventions. */
  get comparesMany(): boolean {
    return !this.showsClean && (this.session.analysis.interventions.length > 0 || this.against !== null)
  }

  get showsClean(): boolean {
    return this.held === 'clean' || this.compare === 'clean'
  }

  /** Whether `now` differs from `clean` in what was asked of the runs on screen. */
  get intervened(): boolean {
    const count = this.live.answered?.interventions.length ?? 0
    return !this.showsClean && (count > 0 || this.previewed !== null || this.against !== null)
  }

  /** Which run the circuit draws: the session's choice, unless a key is held. */
  get inCircuit(): ViewState['circuit'] {
    return this.held === 'delta' ? 'delta' : this.showsClean ? 'clean' : this.session.view.circuit
  }
}
