import type { AnalysisFigure } from './figure'
import { singleSumFigures } from './figures/single-sum'
import { sweepFigures } from './figures/sweeps'

/** Every figure there is, in the order of a report. An analysis without one is shown as a table. */
export const figures: readonly AnalysisFigure[] = [...singleSumFigures, ...sweepFigures]
