import { commands, type CommandId } from '../../session/commands'
import type { Application } from '../state/application.svelte'
import { actionsOf } from './actions'
import { attempt } from './attempt'

const openPath = 'open-path:'

/** Does what an item of the host's menu asks for. Ids that this page does not know are left alone. */
export function obey(id: string, application: Application): void {
  const { explorer } = application
  // The host's own dialog, at once, also while no model is open.
  if (id === 'open-model') void attempt(application, application.pick())
  else if (id.startsWith(openPath)) void application.open({ path: id.slice(openPath.length) })
  else if (explorer && isCommand(id)) actionsOf(application, explorer)[id]()
}

function isCommand(id: string): id is CommandId {
  return Object.hasOwn(commands, id)
}
