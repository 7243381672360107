import type { EngineClient } from '../../contract/contract'
import type { CellMargins } from '../../contract/exhaustive'
import { failureOf } from '../../contract/failure'
import type { Cell } from '../../charts/failures/cells'
import type { Intervention } from '../../model/intervention'

/** The sums of one cell of the map, one by one, computed when it is opened. Newest wins. */
export class CellZoom {
  #cell = $state.raw<Cell | null>(null)
  #margins = $state.raw<CellMargins | null>(null)
  /** Of which cell the margins are. */
  #of = $state.raw<Cell | null>(null)
  #failure = $state<string | null>(null)
  #loading = $state(false)
  #asked: string | null = null

  constructor(private readonly engine: EngineClient) {}

  get cell(): Cell | null {
    return this.#cell
  }

  get margins(): CellMargins | null {
    return this.#margins
  }

  get of(): Cell | null {
    return this.#of
  }

  get failure(): string | null {
    return this.#failure
  }

  get loading(): boolean {
    return this.#loading
  }

  async ask(cell: Cell, interventions: readonly Intervention[]): Promise<void> {
    const key = JSON.stringify([cell, interventions])
    if (key === this.#asked) return
    this.#asked = key
    this.#cell = cell
    this.#failure = null
    this.#loading = true
    const take = (margins: CellMargins) => {
      if (key !== this.#asked) return
      this.#margins = margins
      this.#of = cell
    }
    const { first, side, step } = cell
    try {
      const params = { interventions, first, side, step }
      const onProgress = ({ margins }: { readonly margins?: CellMargins }) => margins && take(margins)
      take(await this.engine.call('margins', params, { onProgress, newest: 'margins' }))
    } catch (error) {
      const { code, message } = failureOf(error)
      if (key === this.#asked && code !== 'superseded') this.#failure = message
    }
    if (key === this.#asked) this.#loading = false
  }

  retry(interventions: readonly Intervention[]): void {
    const cell = this.#cell
    this.#asked = null
    if (cell) void this.ask(cell, interventions)
  }
}
