import type { AnalysisFigure } from './figure'
import { carryClassesFigure } from './figures/carry-classes'
import { singleSumFigures } from './figures/single-sum'
import { sweepFigures } from './figures/sweeps'

/** Every figure there is, in the order of a report. An analysis without one is shown as a table. */
export const figures: readonly AnalysisFigure[] = [...singleSumFigures, ...sweepFigures, carryClassesFigure]
