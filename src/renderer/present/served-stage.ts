import type { Bridge, StageDisplay } from '../../contract/bridge'
import { stageHash } from '../../contract/stage-hash'

/**
 * The Stage's window where the page is served: a second window of the browser. Which displays there are a page is not told, only
 * whether there is more than one; the window is then dragged over and made full by F11.
 */
export function servedStage(): Pick<Bridge, 'openStage' | 'closeStage'> {
  let stage: Window | null = null
  return {
    openStage(anyway) {
      const isExtended = 'isExtended' in window.screen && window.screen.isExtended === true
      if (!anyway && !isExtended) return Promise.resolve(null)
      const { href } = new URL(stageHash, location.href)
      stage = window.open(href, 'carryscope-stage', 'popup,width=960,height=540')
      const display: StageDisplay = { number: null, width: 960, height: 540 }
      // A browser that blocks windows gives none.
      return Promise.resolve(stage && display)
    },
    closeStage() {
      stage?.close()
      stage = null
      return Promise.resolve()
    },
  }
}
