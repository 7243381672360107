import type { Application } from '../state/application.svelte'
import { saveReport } from './save-report'
import { copyLink, saveSessionAs } from './session-files'

const openPath = 'open-path:'

/** Does what an item of the host's menu asks for. Ids that this page does not know are left alone. */
export function obey(id: string, application: Application): void {
  const { explorer } = application
  const session = explorer?.session
  if (id === 'open-model') void application.pick()
  else if (id.startsWith(openPath)) void application.open({ path: id.slice(openPath.length) })
  else if (id === 'save-session-as') void saveSessionAs(application)
  else if (id === 'copy-link') void copyLink(application)
  else if (id === 'save-report') void saveReport(application)
  else if (id === 'undo') session?.undo()
  else if (id === 'redo') session?.redo()
  else if (id === 'stage') session?.show({ stage: !session.view.stage })
  else if (id === 'search') explorer?.open('search')
  else if (id === 'keyboard') explorer?.open('sheet')
}
