import type { Analysis } from './analysis'
import { attention } from './attention/attention'
import { carries } from './carry/carries'
import { carryAttention } from './carry/carry-attention'
import { carryClasses } from './carry/carry-classes'
import { dataset } from './sums/dataset'
import { dla } from './attribution/dla'
import { dlaSummary } from './attribution/dla-summary'
import { fourierDla } from './attribution/fourier-dla'
import { headAblation } from './ablation/head-ablation'
import { meanAttention } from './attention/mean-attention'
import { ovCircuit } from './circuits/ov-circuit'
import { pathDla } from './attribution/path-dla'
import { pathDlaBatch } from './attribution/path-dla-batch'
import { performance } from './sums/performance'
import { positionAblation } from './ablation/position-ablation'
import { predictions } from './sums/predictions'
import { qkCircuit } from './circuits/qk-circuit'
import { qkvAblation } from './ablation/qkv-ablation'
import { unembedding } from './weights/unembedding'
import { weights } from './weights/weights'

/** Every analysis there is: adding one takes its file, its test, its chart and a line here. */
export const analyses: readonly Analysis[] = [
  dataset,
  weights,
  performance,
  predictions,
  unembedding,
  headAblation,
  qkvAblation,
  positionAblation,
  attention,
  meanAttention,
  qkCircuit,
  dla,
  dlaSummary,
  pathDla,
  fourierDla,
  pathDlaBatch,
  ovCircuit,
  carries,
  carryAttention,
  carryClasses,
]
