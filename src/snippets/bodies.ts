import { headAblation, positionAblation, qkvAblation } from './ablation'
import { attention, carryAttention, meanAttention } from './attention'
import type { BodyOf } from './body'
import { ovCircuit, qkCircuit } from './circuits'
import { dla, dlaSummary, fourierDla } from './dla'
import { pathDla, pathDlaBatch } from './path-dla'
import { carryClasses, performance, predictions } from './scores'
import { carries, dataset } from './sums'
import { unembedding, weights } from './weights'

/** By the id of the analysis: what its snippet ends in. */
export const bodies: Readonly<Record<string, BodyOf>> = {
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
}
