import { heartbeatMs } from '../contract/served-message'
import type { WatchSilence } from '../contract/socket-bridge'

/** How many heartbeats may fail to come. */
const mostMissed = 4

/**
 * Calls back once a server that should say something every `heartbeatMs` has said nothing for longer. Strokes of the timer are
 * counted, not time: a page that slept hears what was said meanwhile before it counts on.
 */
export const watchSilence: WatchSilence = (onSilence) => {
  let missed = 0
  const timer = setInterval(() => {
    if (++missed <= mostMissed) return
    clearInterval(timer)
    onSilence()
  }, heartbeatMs)
  return {
    heard: () => {
      missed = 0
    },
    stop: () => {
      clearInterval(timer)
    },
  }
}
