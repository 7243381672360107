import { createContext } from 'svelte'
import type { Explorer } from './explorer.svelte'

/** The one explorer of an open model, for every part below it: `const explorer = getExplorer()`. */
export const [getExplorer, setExplorer] = createContext<Explorer>()
