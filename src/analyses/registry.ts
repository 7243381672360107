import type { Analysis } from './analysis'
import { attention } from './attention'
import { carries } from './carries'
import { carryAttention } from './carry-attention'
import { carryClasses } from './carry-classes'
import { dataset } from './dataset'
import { dla } from './dla'
import { dlaSummary } from './dla-summary'
import { fourierDla } from './fourier-dla'
import { headAblation } from './head-ablation'
import { meanAttention } from './mean-attention'
import { ovCircuit } from './ov-circuit'
import { pathDla } from './path-dla'
import { pathDlaBatch } from './path-dla-batch'
import { performance } from './performance'
import { positionAblation } from './position-ablation'
import { predictions } from './predictions'
import { qkCircuit } from './qk-circuit'
import { qkvAblation } from './qkv-ablation'
import { unembedding } from './unembedding'
import { weights } from './weights'

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
