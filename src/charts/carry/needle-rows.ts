import type { ResultOf } from '../../analyses/registry'
import { headLabel } from '../../core/heads'
import { answerPosition, positionLabels, tokenAt } from '../../core/positions'
import type { TaskLayout } from '../../core/task-layout'
import type { SumRun, ThisSum } from '../this-sum'

/** Why nothing reads an entry. */
export interface Unread {
  /** `only C0 is read`, `comes after =`. */
  readonly brief: string
  readonly sentence: string
}

/** One entry of attention that tells a digit's carry, with what is known of it. */
export interface Needle {
  /** `H1.1`. */
  readonly head: string
  readonly layer: number
  readonly index: number
  /** `B2` and `+`. */
  readonly query: string
  readonly key: string
  readonly digit: string
  /** Area under the curve, raw: above a half, more attention with a carry. */
  readonly auc: number
  readonly se: number
  /** Why the digit's prediction cannot read it; null where it can. */
  readonly unread: Unread | null
  /** Shares of the sums by attention, 25 bins from 0 to 1. */
  readonly carry: ArrayLike<number>
  readonly none: ArrayLike<number>
  /** The attention in the sum on screen; NaN where there is none. */
  readonly clean: number
  readonly now: number
}

export interface NeedleInput {
  readonly result: ResultOf<'carry-needles'>
  /** `C1`. */
  readonly digit: string
  readonly layout: TaskLayout
  readonly here: ThisSum | null
  /** Leaves out what nothing reads. */
  readonly readOnly: boolean
}

/** The needles of one digit, the best first. */
export function needlesOf({ result, digit, layout, here, readOnly }: NeedleInput): Needle[] {
  const { entries, histogram, attentionAuc, se, readBy } = result
  const positions = positionLabels(layout)
  const digits = attentionAuc.labels.digit!
  const [, , queries, keys] = attentionAuc.shape as [number, number, number, number, number]
  const [heads, bins] = [attentionAuc.shape[1]!, histogram.shape[2]!]
  const rows = Array.from({ length: entries.shape[0]! }, (_, entry): Needle | null => {
    const [layer, index, query, key, column] = Array.from(entries.data.slice(entry * 5, entry * 5 + 5)) as Five
    if (digits[column] !== digit) return null
    const at = (((layer * heads + index) * queries + query) * keys + key) * digits.length + column
    const read = readBy.data[(layer * queries + query) * digits.length + column] === 1
    const group = (which: number) => histogram.data.slice((entry * 2 + which) * bins, (entry * 2 + which + 1) * bins)
    const valueIn = (run: SumRun | undefined) =>
      run ? run.pattern.data[((layer * heads + index) * queries + query) * keys + key]! : NaN
    return {
      head: headLabel(layer, index),
      layer,
      index,
      query: positions[query]!,
      key: positions[key]!,
      digit,
      auc: attentionAuc.data[at]!,
      se: se.data[at]!,
      unread: read ? null : whyUnread(layer, readBy.shape[0]!, column, layout),
      carry: group(0),
      none: group(1),
      clean: valueIn(here?.clean),
      now: valueIn(here?.now),
    }
  })
  return rows.filter((row) => row !== null).filter(({ unread }) => !readOnly || unread === null)
}

type Five = [number, number, number, number, number]

/** Why a digit's prediction reads nothing there. */
export function whyUnread(layer: number, layers: number, digit: number, layout: TaskLayout): Unread {
  const position = answerPosition(digit, layout)
  const [place, label] = [tokenAt(position, layout), positionLabels(layout)[position]!]
  return layer === layers - 1
    ? {
        brief: `only ${label} is read`,
        sentence: `Nothing reads it: the last layer counts for C${digit} only at ${place}, where C${digit} is predicted.`,
      }
    : {
        brief: `comes after ${label}`,
        sentence: `Nothing reads it: it comes after ${place}, where C${digit} is predicted.`,
      }
}

/** How many sums have a carry into a digit, and how many none. */
export function groupSizes({ groupSizes: sizes }: ResultOf<'carry-needles'>, digit: string): readonly [number, number] {
  const digits = sizes.labels.digit!
  const column = digits.indexOf(digit)
  return [sizes.data[column]!, sizes.data[digits.length + column]!]
}
