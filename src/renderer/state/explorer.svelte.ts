import type { Sum } from '../../core/sum'
import type { Intervention } from '../../model/intervention'
import type { ModelConfig } from '../../model/config'
import type { EngineClient, ModelInfo, RunView } from '../../shared/contract'
import { sumOfDigits } from '../../shared/session'
import { LiveRun } from './live.svelte'
import type { SessionState } from './session.svelte'
import { Sweeps } from './sweeps.svelte'

/** One head, by its place. Shown as `H0.2`. */
export interface HeadPlace {
  readonly layer: number
  readonly head: number
}

/** A key that shows something for as long as it is down. */
export type Held = 'clean' | 'delta' | null

/** What Explore's parts share: the model, the session, the answers, and what the pointer is on. */
export class Explorer {
  readonly live: LiveRun
  readonly sweeps: Sweeps
  /** The head under the pointer; its ablation is previewed. */
  hovered = $state.raw<HeadPlace | null>(null)
  /** The head that was clicked; it stays until Esc. */
  locked = $state.raw<HeadPlace | null>(null)
  held = $state<Held>(null)
  /** A shows the clean run everywhere, B the run under the interventions. */
  compare = $state<'clean' | 'now'>('now')
  /** Whether the window is dark, after the system's wish and the session's choice. */
  dark = $state(false)

  constructor(
    readonly model: ModelInfo,
    readonly session: SessionState,
    engine: EngineClient,
  ) {
    this.live = new LiveRun(engine)
    this.sweeps = new Sweeps(engine)
  }

  get config(): ModelConfig {
    return this.model.config
  }

  /** The sum as typed, null while it is incomplete or impossible. */
  get sum(): Sum | null {
    return sumOfDigits(this.session.analysis.digits)
  }

  /** The answer digit that panels about one digit show. */
  get focus(): number {
    return this.session.analysis.focus
  }

  get focusHead(): HeadPlace | null {
    return this.hovered ?? this.locked
  }

  /** What hovering adds to the interventions: the head's result, mean-ablated at every position. */
  get preview(): readonly Intervention[] | null {
    if (!this.hovered) return null
    return [{ site: 'result', ...this.hovered, positions: 'all', mode: 'mean' }]
  }

  /** The clean run; null until the first answer. */
  get clean(): RunView | null {
    return this.live.result?.clean ?? null
  }

  /** The run to show beside the clean one: the hovered cut's, else that under the interventions; clean while A is held. */
  get now(): RunView | null {
    const result = this.live.result
    if (!result) return null
    if (this.showsClean) return result.clean
    return (this.hovered ? result.preview : undefined) ?? result.now
  }

  get showsClean(): boolean {
    return this.held === 'clean' || this.compare === 'clean'
  }

  /** Whether `now` differs from `clean` in what was asked. */
  get intervened(): boolean {
    return !this.showsClean && (this.session.analysis.interventions.length > 0 || this.hovered !== null)
  }

  /** Whether the live values on screen answer an earlier question. */
  get stale(): boolean {
    return this.live.loading || this.sum === null
  }

  /** Keeps the answers up to the state. To be called once, while a component is being set up. */
  watch(): void {
    $effect(() => {
      const sum = this.sum
      const { interventions } = this.session.analysis
      const preview = this.preview
      if (sum) void this.live.ask(preview ? { sum, interventions, preview } : { sum, interventions })
    })
    $effect(() => {
      this.sweeps.ask(this.session.analysis)
    })
  }
}
