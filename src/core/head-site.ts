import { BadInput } from './bad-input'
import { headLabel, parseHead, type Head } from './heads'
import { answerPositions, positionLabels } from './positions'
import type { TaskLayout } from './task-layout'

/** A head at a position: `H0.0@C1`, where C1 is the token that stands there. */
export interface HeadSite extends Head {
  readonly position: number
}

/**
 * Whether anything reads what a head writes there: nothing attends to what comes later, and the last layer is only read where it
 * predicts. An answer may begin with its last digit, so the last position that predicts need not predict the last digit.
 */
export function isRead(
  { layer, position }: HeadSite,
  { n_layers, layout }: { readonly n_layers: number; readonly layout: TaskLayout },
): boolean {
  const predicting = answerPositions(layout)
  return layer === n_layers - 1 ? predicting.includes(position) : position <= Math.max(...predicting)
}

/** The text that `parseHeadSite` reads back. */
export function formatHeadSite({ layer, head, position }: HeadSite, layout: TaskLayout): string {
  return `${headLabel(layer, head)}@${positionLabels(layout)[position]}`
}

/** Reads `H0.0@C1`; the head also as `0.0` or `L0H0`, the position also as a number from 0. Throws BadInput. */
export function parseHeadSite(text: string, layout: TaskLayout): HeadSite {
  const [head = '', position, ...more] = text.split('@')
  if (position === undefined || more.length > 0)
    throw new BadInput(`"${text}" is not a site: write a head and a position, as in H0.0@C1.`)
  return { ...parseHead(head), position: parsePosition(position, layout) }
}

/** Reads a position by its token, `B3` or `=`, or as a number from 0. Throws BadInput. */
export function parsePosition(text: string, layout: TaskLayout): number {
  const labels = positionLabels(layout)
  const position = /^\d+$/.test(text) ? Number(text) : labels.indexOf(text.toUpperCase())
  if (position < 0 || position >= labels.length)
    throw new BadInput(
      `"${text}" is not a position: the sums of this model have ${labels.join(' ')}, or 0 to ${labels.length - 1}.`,
    )
  return position
}
