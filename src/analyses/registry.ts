import type { Analysis } from './analysis'
import { attention } from './attention'
import { carries } from './carries'
import { carryAttention } from './carry-attention'
import { carryClasses } from './carry-classes'
import { dataset } from './dataset'
import { dla } from './dla'
import { headAblation } from './head-ablation'
import { pathDla } from './path-dla'
import { performance } from './performance'
import { predictions } from './predictions'
import { qkvAblation } from './qkv-ablation'
import { weights } from './weights'

/** Every analysis there is: adding one takes its file, its test, its chart and a line here. */
export const analyses: readonly Analysis[] = [
  dataset,
  weights,
  performance,
  predictions,
  attention,
  dla,
  pathDla,
  headAblation,
  qkvAblation,
  carries,
  carryAttention,
  carryClasses,
]
