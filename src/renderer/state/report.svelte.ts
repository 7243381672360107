import { figures } from '../../charts/registry'
import { htmlPieces } from '../../report/html'
import type { AnalysisParams } from '../../analyses/registry'
import type { ReportSubject } from '../../report/questions'
import { makeReport } from '../../report/report'
import type { EngineClient, ModelInfo } from '../../contract/contract'
import { inTurn } from '../parts/in-turn'

/** A report that is being made, a little at a time: the page answers input between its figures. */
export class ReportJob {
  #done = $state(0)
  #total = $state(0)
  readonly #stop = new AbortController()

  /** Figures drawn and to be drawn, over all that they are shown for. */
  get done(): number {
    return this.#done
  }

  get total(): number {
    return this.#total
  }

  /** Makes `run` fail. */
  cancel(): void {
    this.#stop.abort()
  }

  /** The page of every figure of a model. */
  async run(engine: EngineClient, model: ModelInfo, subject: ReportSubject): Promise<Blob> {
    const { signal } = this.#stop
    const giveWay = async () => {
      await new Promise<void>((resolve) => inTurn(resolve))
      signal.throwIfAborted()
    }
    const work = {
      ask: (id: string, params: AnalysisParams) => engine.call('analyze', { id, params }, { signal }),
      progress: (done: number, total: number) => {
        this.#done = done
        this.#total = total
      },
      giveWay,
    }
    const report = await makeReport(figures, model, work, subject)
    const pieces: string[] = []
    for (const piece of htmlPieces(report)) {
      pieces.push(piece)
      await giveWay()
    }
    return new Blob(pieces, { type: 'text/html' })
  }

  get cancelled(): boolean {
    return this.#stop.signal.aborted
  }
}
