import type { Claim } from '../claim'
import { carrySiteClaims } from './carry-sites'
import { cautionClaims } from './cautions'
import { everySumClaims } from './every-sum'
import { firstLayerClaims } from './first-layer'
import { lastLayerClaims } from './last-layer'
import { weightClaims } from './weights'

/** Every claim, in the order of an explanation: what is read, how a carry is decided, moved and written, and what misleads. */
export const claims: readonly Claim[] = [
  ...everySumClaims,
  ...weightClaims,
  ...firstLayerClaims,
  ...carrySiteClaims,
  ...lastLayerClaims,
  ...cautionClaims,
]
