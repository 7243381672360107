import { addAnalyze } from './analyze'
import type { AddCommand } from './command'
import { addExport } from './export'
import { addList } from './list'
import { addProviders } from './providers'
import { addServe } from './serve/serve'
import { addTrain } from './train'

/** Every command, in the order of the help text. */
export const commands: readonly AddCommand[] = [addAnalyze, addExport, addList, addProviders, addServe, addTrain]
