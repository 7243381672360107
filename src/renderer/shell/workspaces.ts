import type { Workspace } from '../../session/session'

/** What the workspaces are called. */
export const workspaceNames: Readonly<Record<Workspace, string>> = {
  explore: 'Explore',
  weights: 'Weights',
  dataset: 'Dataset',
}

/** The keys that lead to them. */
export const workspaceKeys: Readonly<Record<Workspace, string>> = {
  explore: 'Alt E',
  weights: 'Alt W',
  dataset: 'Alt D',
}

/** The workspace that Alt with this key of the keyboard leads to, by the key's place: `KeyW`. */
export function workspaceOfKey(code: string): Workspace | undefined {
  const letter = code.replace(/^Key/, '')
  return (Object.keys(workspaceKeys) as Workspace[]).find((each) => workspaceKeys[each] === `Alt ${letter}`)
}
