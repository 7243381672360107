import { z } from 'zod'
import { BadInput } from '../core/bad-input'
import { headLabel } from '../core/heads'
import { digitLabels } from '../core/positions'
import type { ModelConfig } from '../model/config'
import { headSites } from '../model/intervention'

/** What is set up on the carry lab's bench. Null is what the bench chooses by itself, and says that it has chosen. */
export const labSchema = z.strictObject({
  /** The donor's digits, of A, then of B; null is a gap. By itself: the first sum drawn with another carry into the focus digit. */
  donor: z.array(z.int().min(0).max(9).nullable()).min(2).max(16).readonly().nullable(),
  /** What is taken from the donor's run. By itself: the one site that moves the focus digit's carry the most often. */
  sites: z
    .array(z.strictObject({ layer: z.int().min(0), head: z.int().min(0), position: z.int().min(0) }))
    .max(500)
    .readonly()
    .nullable(),
  /** The digits in which the prediction lets the carry move. By itself: the focus digit alone. */
  moves: z.array(z.int().min(0).max(8)).max(9).readonly().nullable(),
  /** Which activation of the sites is taken. */
  of: z.enum(headSites),
  /** The pieces of the last layer through which alone it may act, `pattern+v@H1.2`; empty for all of the model. */
  via: z
    .string()
    .max(60)
    .regex(/^((q|k|v|pattern|direct)(\+(q|k|v|pattern|direct))*(@H\d\.\d)?)?$/, 'no way through the last layer'),
})

export type LabState = z.output<typeof labSchema>

/** The sections of the carry lab, in the order of its strip. */
export const labSections = ['bench', 'needles', 'circle', 'race', 'position-map', 'probes', 'heads'] as const
export type LabSection = (typeof labSections)[number]

/** A bench on which nothing was chosen yet. */
export const newLab: LabState = { donor: null, sites: null, moves: null, of: 'result', via: '' }

/** Throws BadInput, with one sentence, unless the bench means something to a model of this shape. */
export function checkLab(
  { donor, sites, moves, via }: LabState,
  { n_layers, n_heads, n_ctx, layout }: ModelConfig,
): void {
  if (donor && donor.length !== 2 * layout.operandDigits)
    throw new BadInput(
      `The bench's donor has ${donor.length / 2} digits, and the open model adds ${layout.operandDigits}: open the model that it was made with.`,
    )
  const [last, lastHead] = [n_layers - 1, n_heads - 1]
  const outside = sites?.find(({ layer, head, position }) => layer > last || head > lastHead || position >= n_ctx)
  if (outside)
    throw new BadInput(
      `The bench moves ${headLabel(outside.layer, outside.head)} at p${outside.position}, and the open model has heads up to ` +
        `${headLabel(last, lastHead)} and positions up to p${n_ctx - 1}: open the model that it was made with.`,
    )
  const beyond = moves?.find((digit) => digit >= layout.answerDigits)
  if (beyond !== undefined)
    throw new BadInput(
      `The bench moves the carry in C${beyond}, and the open model answers ${digitLabels(layout.answerDigits).join(' ')}: choose one of these.`,
    )
  const [, layer, head] = /@H(\d)\.(\d)$/.exec(via) ?? []
  if (layer !== undefined && (Number(layer) !== last || Number(head) > lastHead))
    throw new BadInput(
      `The bench follows the transplant through H${layer}.${head}, and the last layer has ${headLabel(last, 0)} to ${headLabel(last, lastHead)}: choose one of these.`,
    )
}
