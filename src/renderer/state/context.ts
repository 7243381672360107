import { createContext } from 'svelte'
import type { Workspace } from '../../session/session'
import type { Application } from './application.svelte'
import type { Explorer } from './explorer.svelte'

/** The window, for the parts that act on more than the open model. */
export const [getApplication, setApplication] = createContext<Application>()

/** The one explorer of an open model, for every part below it: `const explorer = getExplorer()`. */
export const [getExplorer, setExplorer] = createContext<Explorer>()

/** The workspace that a part stands in; null on the Stage, which is none. */
export const [getHome, setHome] = createContext<Workspace | null>()
