import { attentionFigure, meanAttentionFigure } from './attention/attention-figures'
import { dlaFigure, pathDlaFigure } from './attribution/dla-figures'
import { dlaSummaryFigure } from './attribution/dla-summary-figure'
import { pathDlaBatchFigure } from './attribution/path-dla-batch-figure'
import { answerFigures } from './carry/answer-figures'
import { carryAttentionFigure } from './carry/carry-attention-figure'
import type { AnyFigure } from './figure'
import { circleFigure } from './carry/circle-figure'
import { headsFigures } from './carry/heads-figures'
import { layerQkFigure } from './carry/layer-qk-figure'
import { needlesFigure } from './carry/needles-figure'
import { probeFigures } from './carry/probe-figures'
import { raceFigure } from './carry/race-figure'
import { predictionsFigure } from './sums/predictions-figure'
import { ablationFigures } from './ablation/ablation-figures'
import { readingFigures } from './carry/reading-figures'
import { stageFigures } from './carry/stage-figures'
import { transplantFigures } from './carry/transplant-figures'
import { carryClassesFigure } from './carry/carry-classes-figure'
import { fourierDlaFigures } from './attribution/fourier-dla-figures'
import { ovFigures } from './circuits/ov-circuit-figures'
import { parameterFigures } from './weights/parameter-figures'
import { performanceFigures } from './sums/performance-figures'
import { qkFigures } from './circuits/qk-circuit-figures'
import { unembeddingDigitFigures } from './weights/unembedding-digit-figures'
import { unembeddingRowFigures } from './weights/unembedding-row-figures'
import { unembeddingWaveFigures } from './weights/unembedding-wave-figures'

/** Every figure there is, in the order of a report. An analysis without one is shown as a table. */
export const figures: readonly AnyFigure[] = [
  predictionsFigure,
  attentionFigure,
  dlaFigure,
  pathDlaFigure,
  ...fourierDlaFigures,
  ...performanceFigures,
  carryClassesFigure,
  ...ablationFigures,
  meanAttentionFigure,
  dlaSummaryFigure,
  pathDlaBatchFigure,
  carryAttentionFigure,
  ...transplantFigures,
  needlesFigure,
  circleFigure,
  raceFigure,
  ...probeFigures,
  ...headsFigures,
  ...readingFigures,
  layerQkFigure,
  ...stageFigures,
  ...answerFigures,
  ...unembeddingRowFigures,
  ...unembeddingDigitFigures,
  ...unembeddingWaveFigures,
  ...qkFigures,
  ...ovFigures,
  ...parameterFigures,
]
