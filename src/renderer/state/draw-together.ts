import { untrack } from 'svelte'
import type { Explorer } from './explorer.svelte'

/**
 * Asks with each change at once, before anything of it is drawn, and has it drawn in one frame with its answer, where that comes
 * soon: a frame with the change alone would put the answer off by a whole frame.
 */
export function drawTogether(explorer: Explorer): void {
  const { live, session } = explorer
  const { telling } = session
  telling.onchange = () => {
    untrack(() => explorer.askLive())
    if (live.asking) telling.hold()
  }
  live.onanswer = () => telling.release()
}
