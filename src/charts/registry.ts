import type { AnalysisFigure } from './figure'
import { ablationFigures } from './figures/ablation'
import { carryClassesFigure } from './figures/carry-classes'
import { manySumsFigures } from './figures/many-sums'
import { performanceFigures } from './figures/performance'
import { singleSumFigures } from './figures/single-sum'

/** Every figure there is, in the order of a report. An analysis without one is shown as a table. */
export const figures: readonly AnalysisFigure[] = [
  ...singleSumFigures,
  ...performanceFigures,
  carryClassesFigure,
  ...ablationFigures,
  ...manySumsFigures,
]
