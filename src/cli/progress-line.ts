import type { Progress } from '../contract/contract'
import type { Terminal } from './terminal'

/** How often the line is drawn anew, in milliseconds. */
const interval = 100

/** Draws progress on one line of stderr while a person watches; `clear` removes it. */
export function progressLine(terminal: Terminal): { show: (progress: Progress) => void; clear: () => void } {
  let drawn = -Infinity
  return {
    show: ({ done, total }) => {
      const now = performance.now()
      if (!terminal.interactive || now - drawn < interval) return
      drawn = now
      terminal.err(`\r${done} of ${total}`)
    },
    clear: () => {
      if (drawn > -Infinity) terminal.err('\r\x1b[K')
    },
  }
}
