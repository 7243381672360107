import { wholeStretch, type Stretch } from '../../charts/echarts/zoom-slider'
import type { EngineClient, ModelInfo } from '../../contract/contract'
import type { CheckpointOf, RunCheckpoint, RunRecord } from '../../contract/training'
import type { ModelConfig } from '../../model/config'
import { CheckpointAnswers } from './checkpoint-answers.svelte'
import { CheckpointViews } from './checkpoint-views.svelte'

/** A model that is looked at: a run's at a step, or another. */
export interface Subject {
  /** `step 2,000`, `final`, or the model's name. */
  readonly name: string
  /** Null for a model that is of no run. */
  readonly step: number | null
  readonly of: CheckpointOf
  /** The path that opens it in the whole window. */
  readonly opens: string
  readonly config: Pick<ModelConfig, 'n_layers' | 'n_heads' | 'n_ctx' | 'layout'>
}

export const speeds = [2, 5, 10] as const
export type Speed = (typeof speeds)[number]

/** The checkpoints of the run as a film: which one is looked at, A, and what it is held against, B. */
export class Film {
  readonly answers: CheckpointAnswers
  readonly views: CheckpointViews
  #speed = $state<Speed>(5)
  /** What of the steps all curves show. */
  stretch = $state.raw<Stretch>(wholeStretch)
  /** The step that a person went to; null before that. */
  #step = $state<number | null>(null)
  #pinned = $state.raw<Subject | null>(null)
  #timer = $state.raw<ReturnType<typeof setInterval> | null>(null)

  constructor(
    engine: EngineClient,
    private readonly run: () => { readonly record: RunRecord | null; readonly running: boolean },
  ) {
    this.answers = new CheckpointAnswers(engine)
    this.views = new CheckpointViews(engine)
  }

  get checkpoints(): readonly RunCheckpoint[] {
    return this.run().record?.checkpoints ?? []
  }

  /** The place of A among the checkpoints: that gone to, else the last of a run that goes on, else one where much happens. */
  get index(): number {
    const { checkpoints } = this
    const last = checkpoints.length - 1
    if (this.#step === null) return this.run().running ? last : Math.floor(checkpoints.length / 3)
    const chosen = checkpoints.findLastIndex(({ step }) => step <= this.#step!)
    return chosen < 0 ? 0 : chosen
  }

  get a(): Subject | null {
    return this.#subject(this.checkpoints[this.index])
  }

  get b(): Subject | null {
    return this.#pinned ?? this.last
  }

  /** Whether B changes with each checkpoint of a run that goes on. */
  get follows(): boolean {
    return this.#pinned === null && this.run().running
  }

  /** Every checkpoint, by step. */
  get subjects(): readonly Subject[] {
    return this.checkpoints.flatMap((checkpoint) => this.#subject(checkpoint) ?? [])
  }

  /** The run's last checkpoint. */
  get last(): Subject | null {
    return this.#subject(this.checkpoints.at(-1))
  }

  /** The checkpoint that a person went to, which the rest of the window then follows; null before that. */
  get followed(): Subject | null {
    return this.#step === null ? null : this.a
  }

  /** The checkpoint that the rest of the window shows in place of what the run led to; null where it shows that. */
  get away(): Subject | null {
    const { followed, last } = this
    return followed && followed.of.path !== last?.of.path ? followed : null
  }

  /** The place of B among the checkpoints; -1 where it is none of them. */
  get pinnedIndex(): number {
    const path = this.b?.of.path
    return this.checkpoints.findIndex((checkpoint) => checkpoint.path === path)
  }

  get playing(): boolean {
    return this.#timer !== null
  }

  /** The checkpoints, the one that is looked at first, then those around it, near ones before far ones. */
  get nearest(): readonly Subject[] {
    const { subjects, index } = this
    return subjects
      .map((subject, place) => ({ subject, away: Math.abs(place - index) }))
      .toSorted((one, other) => one.away - other.away)
      .map(({ subject }) => subject)
  }

  /** Goes to a step; null to none in particular. */
  goTo(step: number | null): void {
    this.#step = step
  }

  goToPlace(place: number): void {
    const { checkpoints } = this
    const at = Math.min(Math.max(place, 0), checkpoints.length - 1)
    if (checkpoints[at]) this.#step = checkpoints[at].step
  }

  move(by: number): void {
    this.goToPlace(this.index + by)
  }

  /** Holds everything against a model: A, unless another is given; null for the run's last. */
  pin(subject: Subject | null = this.a): void {
    this.#pinned = subject
  }

  /** Exchanges A and B, where B is of the run. */
  swap(): void {
    const { a, pinnedIndex } = this
    if (pinnedIndex < 0) return
    this.goToPlace(pinnedIndex)
    this.#pinned = a
  }

  /** Goes from state to state, from the first one on where the last is reached; or stops there. */
  togglePlay(): void {
    if (this.#timer !== null) {
      this.stop()
      return
    }
    if (this.index === this.checkpoints.length - 1) this.goToPlace(0)
    this.#play()
  }

  #play(): void {
    this.#timer = setInterval(() => {
      if (this.index >= this.checkpoints.length - 1) this.stop()
      else this.move(1)
    }, 1000 / this.speed)
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  /** States in a second, also of a film that plays. */
  get speed(): Speed {
    return this.#speed
  }

  set speed(speed: Speed) {
    this.#speed = speed
    if (!this.playing) return
    this.stop()
    this.#play()
  }

  /** Begins with another run. */
  reset(): void {
    this.stop()
    this.#step = null
    this.#pinned = null
  }

  #subject(checkpoint: RunCheckpoint | undefined): Subject | null {
    const { record } = this.run()
    if (!record || !checkpoint) return null
    const { step, path, stamp } = checkpoint
    const isFinal = step === record.steps && checkpoint === record.checkpoints.at(-1)
    const name = isFinal ? 'final' : `step ${step.toLocaleString('en')}`
    const { config, modelStep } = record
    // The folder's model may be the best of the checkpoints, and not the last.
    const opens = isFinal && step === modelStep ? record.path : path
    return { name, step, of: { path, stamp, layout: config.layout }, opens, config }
  }
}

/** Whether a subject is the open model. */
export function isOpen({ of, opens }: Subject, { stored, path }: ModelInfo): boolean {
  return of.path === stored.path || opens === path
}
