import type { Claim } from '../claim'
import { answerClaims } from './answer'
import { carrySiteClaims } from './carry-sites'
import { cautionClaims } from './cautions'
import { circuitClaims } from './circuits'
import { everySumClaims } from './every-sum'
import { firstLayerClaims } from './first-layer'
import { lastLayerClaims } from './last-layer'
import { openQuestionClaims } from './open-questions'
import { weightClaims } from './weights'

/**
 * Every claim, in the order of an explanation: what is read, how a carry is decided, moved and written, what misleads, and what is
 * open.
 */
export const claims: readonly Claim[] = [
  ...everySumClaims,
  ...weightClaims,
  ...answerClaims,
  ...firstLayerClaims,
  ...circuitClaims,
  ...carrySiteClaims,
  ...lastLayerClaims,
  ...cautionClaims,
  ...openQuestionClaims,
]
