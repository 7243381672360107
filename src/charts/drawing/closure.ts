import { layerOfMlp } from '../../core/mlps'
import { powerText } from './number-text'

/** How far the parts are from the whole that they should add up to. */
export interface Closure {
  /** `10 parts = logit`. */
  readonly claim: string
  readonly residual: number
  readonly tolerance: number
  readonly unit: string
}

/** Float32 activations leave the parts of a logit up to this far from it, in logits. */
const tolerance = 1e-3

/** That these parts add up to each logit. */
export function logitClosure({ length }: readonly unknown[], residual: number): Closure {
  return { claim: `${length} parts = logit`, residual, tolerance, unit: 'logits' }
}

/** The same of paths. What an MLP writes is not linear in what it reads: its paths begin at it and are not divided further. */
export function pathClosure(labels: readonly string[], residual: number): Closure {
  const hasMlps = labels.some((label) => layerOfMlp(label) !== undefined)
  const claim = `${labels.length} paths = logit${hasMlps ? ' (MLPs not divided by what they read)' : ''}`
  return { claim, residual, tolerance, unit: 'logits' }
}

/** Whether the parts add up, and how closely: the same words wherever a figure is shown. */
export function closureText({ claim, residual, tolerance, unit }: Closure): string {
  if (residual <= tolerance) return `✓ ${claim}, residual ${powerText(residual)}`
  return `✕ parts miss by ${Number(residual.toPrecision(2))} ${unit}`
}
