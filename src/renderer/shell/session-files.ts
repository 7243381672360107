import { formatLink } from '../../session/permalink'
import { copy, saveJson } from '../charts/deliver'
import type { Application } from '../state/application.svelte'
import { attempt } from './attempt'

/** Whether the host shows file dialogs; a served page uses the browser's. */
const hostHasDialogs = () => window.carryscope !== undefined

/** Saves the session in a place that is asked for. */
export async function saveSessionAs(application: Application): Promise<void> {
  const session = application.explorer?.session.save()
  if (!session) return
  const json = `${JSON.stringify(session, null, 2)}\n`
  if (hostHasDialogs()) await attempt(application, application.bridge.saveSessionAs(json))
  else saveJson('session.carryscope.json', json)
}

/** Asks for a session file and opens it. */
export function openSession(application: Application): void {
  if (hostHasDialogs()) {
    void attempt(application, application.bridge.pickSession())
    return
  }
  const chooser = document.createElement('input')
  chooser.type = 'file'
  chooser.accept = '.json'
  chooser.onchange = () => {
    const file = chooser.files?.[0]
    if (file) void attempt(application, openSessionFile(file, application))
  }
  chooser.click()
}

export async function openSessionFile(file: File, application: Application): Promise<void> {
  await application.openSession(await file.text(), file.name)
}

/** Puts the state of the analysis on the clipboard, as one line of text. */
export async function copyLink(application: Application): Promise<void> {
  const { explorer } = application
  if (!explorer) return
  const { analysis, view } = explorer.session
  const link = formatLink(explorer.model, analysis, explorer.config, view.workspace === 'lab' ? view.labSection : null)
  try {
    await copy('text/plain', Promise.resolve(link))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    application.refuse(`The clipboard did not take the state: ${reason}; save the session as a file instead.`)
  }
}
