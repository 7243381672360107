import type { z } from 'zod'
import type { Described } from './parameters'
import { attention } from './attention/attention'
import { carries } from './carry/carries'
import { carryAttention } from './carry/carry-attention'
import { carryClasses } from './carry/carry-classes'
import { carryNeedles } from './carry/carry-needles'
import { falseToken } from './carry/false-token'
import { frequencyLens } from './carry/frequency-lens'
import { hierarchy } from './carry/hierarchy'
import { interaction } from './carry/interaction'
import { layerQk } from './carry/layer-qk'
import { logitLens } from './carry/logit-lens'
import { patternSwap } from './carry/pattern-swap'
import { probe } from './carry/probe'
import { probeMap } from './carry/probe-map'
import { residualCircle } from './carry/residual-circle'
import { transplant } from './carry/transplant'
import { transplantMap } from './carry/transplant-map'
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

/** Every analysis there is. What adding one takes besides a line here, CONTRIBUTING.md tells. */
export const analyses = [
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
  hierarchy,
  transplant,
  transplantMap,
  carryNeedles,
  residualCircle,
  logitLens,
  frequencyLens,
  patternSwap,
  falseToken,
  probe,
  probeMap,
  interaction,
  layerQk,
] as const

type Known = (typeof analyses)[number]
type Named<Id extends AnalysisId> = Extract<Known, { readonly id: Id }>

export type AnalysisId = Known['id']
export type AboutOf<Id extends AnalysisId> = Named<Id>['about']
export type ParamsOf<Id extends AnalysisId> = Described<Named<Id>['parameters']>
export type ResultOf<Id extends AnalysisId> = Awaited<ReturnType<Named<Id>['run']>>

type AnyShape = Known['parameters']
type KeyOf<Shape> = Shape extends unknown ? keyof Shape : never
type ValueOf<Shape, Key> = Shape extends unknown ? (Key extends keyof Shape ? z.output<Shape[Key]> : never) : never

/** Everything that some analysis can be told: for what handles questions without knowing which. */
export type AnalysisParams = { readonly [Key in KeyOf<AnyShape>]?: ValueOf<AnyShape, Key> }
