import { BadInput } from './bad-input'
import { headLabel, parseHead, type Head } from './heads'
import { answerPosition, positionLabels } from './positions'
import type { TaskLayout } from './task-layout'

/** A head at a position: `H0.0@C1`, where C1 is the token that stands there. */
export interface HeadSite extends Head {
  readonly position: number
}

interface Reading {
  readonly n_layers: number
  readonly layout: TaskLayout
}

/** Whether a digit's prediction can read what a head writes there: the last layer is read where it predicts, no other later. */
export function isReadBy(
  { layer, position }: Pick<HeadSite, 'layer' | 'position'>,
  digit: number,
  { n_layers, layout }: Reading,
): boolean {
  const predicting = answerPosition(digit, layout)
  return layer === n_layers - 1 ? position === predicting : position <= predicting
}

/** Whether the prediction of any digit can read what a head writes there. */
export function isRead(site: HeadSite, model: Reading): boolean {
  return Array.from({ length: model.layout.answerDigits }, (_, digit) => digit).some((digit) =>
    isReadBy(site, digit, model),
  )
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
