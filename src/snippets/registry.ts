import type { AnalysisId } from '../analyses/registry'
import { headAblation, positionAblation, qkvAblation } from './ablation/sweeps'
import { attention, carryAttention, meanAttention } from './attention/attention'
import type { BodyOf } from './python/body'
import { falseToken, frequencyLens, patternSwap } from './carry/answers'
import { carryNeedles } from './carry/carry-needles'
import { hierarchy } from './carry/hierarchy'
import { interaction } from './carry/interaction'
import { layerQk } from './carry/layer-qk'
import { probe, probeMap } from './carry/probes'
import { logitLens, residualCircle } from './carry/stages'
import { transplant } from './carry/transplant'
import { transplantMap } from './carry/transplant-map'
import { ovCircuit, qkCircuit } from './circuits/circuits'
import { dla, dlaSummary, fourierDla } from './attribution/dla'
import { pathDla, pathDlaBatch } from './attribution/path-dla'
import { carryClasses, performance, predictions } from './sums/scores'
import { carries, dataset } from './sums/sums'
import { unembedding, weights } from './weights/weights'

/** By the id of the analysis: what its snippet ends in. An analysis without one does not compile. */
export const bodies: Readonly<Record<AnalysisId, BodyOf>> = {
  dataset,
  weights,
  performance,
  predictions,
  unembedding,
  'head-ablation': headAblation,
  'qkv-ablation': qkvAblation,
  'position-ablation': positionAblation,
  attention,
  'mean-attention': meanAttention,
  'qk-circuit': qkCircuit,
  dla,
  'dla-summary': dlaSummary,
  'path-dla': pathDla,
  'fourier-dla': fourierDla,
  'path-dla-batch': pathDlaBatch,
  'ov-circuit': ovCircuit,
  carries,
  'carry-attention': carryAttention,
  'carry-classes': carryClasses,
  hierarchy,
  transplant,
  'transplant-map': transplantMap,
  'carry-needles': carryNeedles,
  'residual-circle': residualCircle,
  'logit-lens': logitLens,
  'frequency-lens': frequencyLens,
  'pattern-swap': patternSwap,
  'false-token': falseToken,
  probe,
  'probe-map': probeMap,
  interaction,
  'layer-qk': layerQk,
}
