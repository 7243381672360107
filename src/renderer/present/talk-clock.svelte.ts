import { clockText } from '../../deck/state-changes'

/** How often the clock is read, in milliseconds. */
const tickMs = 200

/**
 * The clock of a talk, by the time of day, so that neither a busy page nor a laptop that slept puts it wrong. It can be paused.
 */
export class TalkClock {
  #now = $state(0)
  #pausedAt = $state<number | null>(null)
  /** Moved on by every pause, so that what is told leaves pauses out. */
  #started: number
  #state = 0
  #stateStarted = $state(0)

  constructor(private readonly time: () => number = Date.now) {
    this.#started = this.#stateStarted = this.#now = time()
  }

  /** The time of day, in milliseconds. */
  get now(): number {
    return this.#now
  }

  get paused(): boolean {
    return this.#pausedAt !== null
  }

  /** Of the talk. */
  get seconds(): number {
    return ((this.#pausedAt ?? this.#now) - this.#started) / 1000
  }

  /** Since the state on the Stage was come to. */
  get stateSeconds(): number {
    return ((this.#pausedAt ?? this.#now) - this.#stateStarted) / 1000
  }

  /** A state is on the Stage, by its place; nothing changes where it was. */
  arrive(state: number): void {
    if (state === this.#state) return
    this.#state = state
    this.tick()
    this.#stateStarted = this.#pausedAt ?? this.#now
  }

  togglePause(): void {
    this.tick()
    if (this.#pausedAt === null) {
      this.#pausedAt = this.#now
      return
    }
    const paused = this.#now - this.#pausedAt
    this.#started += paused
    this.#stateStarted += paused
    this.#pausedAt = null
  }

  tick(): void {
    this.#now = this.time()
  }

  /** Keeps it going; returns how to stop it. */
  run(): () => void {
    const timer = setInterval(() => this.tick(), tickMs)
    return () => clearInterval(timer)
  }
}

/** How far a talk is from its plan, in words: on time within half a minute. */
export function planText(seconds: number, planned: number): { readonly text: string; readonly late: boolean } {
  if (seconds <= planned + 30) return { text: 'on time', late: false }
  return { text: `${clockText(Math.round(seconds - planned))} over`, late: true }
}
