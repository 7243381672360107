import type { RunNames } from '../drawing/run-names'
import type { ClockChain } from './clock-chain'
import type { ReadoutPlane } from './readout-plane'

/**
 * The answer as an angle: in the plane of W_U's two main directions the parts are laid tail to head. The sector that their end points
 * into has the largest logit of the plane, and is the answer unless what the plane leaves out decides otherwise. Dashed and hollow:
 * the clean run. Solid: the run under interventions. The true digit has a ring, a wrong answer a red disc; sectors are where a
 * digit's logit is the largest of the plane.
 */
export interface ClockInput {
  readonly clean: ClockRun
  readonly now: ClockRun
  readonly intervened: boolean
  readonly truth: number
  readonly plane: ReadoutPlane
  /** What the runs are called. */
  readonly names?: RunNames
}

export interface ClockRun {
  readonly chain: ClockChain
  /** The model's answer at this digit, a vocabulary entry. */
  readonly answer: number
}
