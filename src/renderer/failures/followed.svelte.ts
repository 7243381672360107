import type { EverySum } from '../../contract/exhaustive'
import { inTurn } from '../parts/in-turn'
import type { Explorer } from '../state/explorer.svelte'

/**
 * What is known of every sum, for a panel beside the map: told panel by panel, in a task each, and only while the workspace is on
 * screen. The evaluation reports several times a second, and all panels in one task would hold up the map.
 */
export class Followed {
  #every = $state.raw<EverySum | null>(null)

  constructor({ failures, session }: Explorer) {
    $effect(() => {
      const { workspace, stage } = session.view
      if (workspace !== 'failures' || stage) return
      const { told } = failures
      return inTurn(() => (this.#every = told))
    })
  }

  get every(): EverySum | null {
    return this.#every
  }
}
