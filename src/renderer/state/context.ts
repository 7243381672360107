import { createContext } from 'svelte'
import type { Workspace } from '../../session/session'
import type { Explorer } from './explorer.svelte'

/** The one explorer of an open model, for every part below it: `const explorer = getExplorer()`. */
export const [getExplorer, setExplorer] = createContext<Explorer>()

/** The workspace that a part stands in; null on the Stage, which is none. */
export const [getHome, setHome] = createContext<Workspace | null>()
