import type { AnalysisFigure } from './figure'
import { ablationFigures } from './figures/ablation'
import { carryClassesFigure } from './figures/carry-classes'
import { fourierDlaFigures } from './figures/fourier-dla'
import { manySumsFigures } from './figures/many-sums'
import { ovFigures } from './figures/ov-circuit'
import { parameterFigures } from './figures/parameters'
import { performanceFigures } from './figures/performance'
import { qkFigures } from './figures/qk-circuit'
import { singleSumFigures } from './figures/single-sum'
import { unembeddingDigitFigures } from './figures/unembedding-digits'
import { unembeddingRowFigures } from './figures/unembedding-rows'
import { unembeddingWaveFigures } from './figures/unembedding-waves'

/** Every figure there is, in the order of a report. An analysis without one is shown as a table. */
export const figures: readonly AnalysisFigure[] = [
  ...singleSumFigures,
  ...fourierDlaFigures,
  ...performanceFigures,
  carryClassesFigure,
  ...ablationFigures,
  ...manySumsFigures,
  ...unembeddingRowFigures,
  ...unembeddingDigitFigures,
  ...unembeddingWaveFigures,
  ...qkFigures,
  ...ovFigures,
  ...parameterFigures,
]
