import type { AnalysisParams } from '../../analyses/registry'
import type { EngineClient } from '../../contract/contract'
import type { ReportWork } from '../../report/report'
import { inTurn } from '../parts/in-turn'

/** A report or another page that is being made, a little at a time: the window answers input between its pictures. */
export class PageJob {
  #done = $state(0)
  #total = $state(0)
  #reason: string | null = null
  readonly #stop = new AbortController()

  constructor(readonly called: 'report' | 'page') {}

  /** Pictures drawn and to be drawn, or checks before them. */
  get done(): number {
    return this.#done
  }

  get total(): number {
    return this.#total
  }

  get cancelled(): boolean {
    return this.#stop.signal.aborted
  }

  /** Why it was cancelled, as the end of a sentence; null where a person wished it. */
  get reason(): string | null {
    return this.#reason
  }

  /** Makes what is asked and awaited fail. */
  cancel(reason: string | null = null): void {
    this.#reason = reason
    this.#stop.abort()
  }

  /** How the page gets its answers and gives way. */
  work(engine: EngineClient): ReportWork {
    const { signal } = this.#stop
    return {
      ask: (id: string, params: AnalysisParams) => engine.call('analyze', { id, params }, { signal }),
      progress: (done: number, total: number) => {
        this.#done = done
        this.#total = total
      },
      giveWay: () => this.#giveWay(),
    }
  }

  /** A document from its pieces. */
  async gathered(pieces: Iterable<string>): Promise<Blob> {
    const all: string[] = []
    for (const piece of pieces) {
      all.push(piece)
      await this.#giveWay()
    }
    return new Blob(all, { type: 'text/html' })
  }

  async #giveWay(): Promise<void> {
    await new Promise<void>((resolve) => inTurn(resolve))
    this.#stop.signal.throwIfAborted()
  }
}
