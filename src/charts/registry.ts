import type { AnalysisFigure } from './figure'
import { ablationFigures } from './ablation/ablation-figures'
import { carryClassesFigure } from './carry/carry-classes-figure'
import { fourierDlaFigures } from './attribution/fourier-dla-figures'
import { manySumsFigures } from './attribution/many-sums-figures'
import { ovFigures } from './circuits/ov-circuit-figures'
import { parameterFigures } from './weights/parameter-figures'
import { performanceFigures } from './sums/performance-figures'
import { qkFigures } from './circuits/qk-circuit-figures'
import { singleSumFigures } from './attribution/single-sum-figures'
import { unembeddingDigitFigures } from './weights/unembedding-digit-figures'
import { unembeddingRowFigures } from './weights/unembedding-row-figures'
import { unembeddingWaveFigures } from './weights/unembedding-wave-figures'

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
