import { addAnalyze } from './analyze'
import { addBench } from './bench'
import type { AddCommand } from './command'
import { addDeck } from './deck'
import { addEvaluate } from './evaluate'
import { addExport } from './export'
import { addList } from './list'
import { addMerge } from './merge'
import { addProviders } from './providers'
import { addReport } from './report'
import { addServe } from './serve/serve'
import { addShare } from './share'
import { addTour } from './tour'
import { addTrain } from './train'

/** Every command, in the order of the help text. */
export const commands: readonly AddCommand[] = [
  addAnalyze,
  addBench,
  addDeck,
  addEvaluate,
  addExport,
  addList,
  addMerge,
  addProviders,
  addReport,
  addServe,
  addShare,
  addTour,
  addTrain,
]
