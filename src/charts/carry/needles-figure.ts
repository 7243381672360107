import { counted } from '../../core/counted'
import { defineFigure, type AnswerTo, type ShownFigure } from '../figure'
import { namesOf, type ThisSum } from '../this-sum'
import type { Note } from '../drawing/note'
import { decimalText } from '../drawing/number-text'
import { needleChart } from './needle-chart'
import { groupSizes, needlesOf, type Needle } from './needle-rows'

/** Which entries of attention tell a digit's carry, over many sums and in the sum on screen. */
export const needlesFigure = defineFigure({
  id: 'needles',
  title: 'Needles',
  analysis: 'carry-needles',
  about: 'dataset',
  intervened: true,
  marksSum: true,
  definition: {
    formula:
      'single entries of attention by whether a carry comes into the digit: how they are spread with a carry (above, filled) ' +
      'and without (below), heights as the square root of the share; area under the curve, ± 1.96 standard errors',
    hook: 'blocks.*.attn.hook_pattern',
    over: 'the sums of the subset, at most 20,000; at most two needles of a head and query',
    unit: 'area, 0.5 is chance',
  },
  size: { width: 640, height: 420 },
  parts: { kind: 'digit', of: ({ attentionAuc }) => attentionAuc.labels.digit!.slice(0, -1), together: true },
  choices: [{ kind: 'needles', label: 'which', options: [{ name: 'all' }, { name: 'that are read' }] }],
  show: needles,
})

function needles({ result, part, layout, here = null, chosen = {} }: AnswerTo<'carry-needles'>): ShownFigure<Needle> {
  const digit = part === '' ? result.attentionAuc.labels.digit![0]! : part
  const found = needlesOf({ result, digit, layout, here, readOnly: chosen['needles'] === 'that are read' })
  const sizes = groupSizes(result, digit)
  const names = namesOf(here)
  return {
    label: `Entries of attention that tell whether a carry comes into ${digit}, the best first`,
    finding: finding(found, digit, result.n),
    draw: (display) => needleChart({ needles: found, sizes, names }, display),
    rows: Math.min(found.length, 3) * 2,
    table: {
      caption: `Needles of ${digit}: attention that tells its carry`,
      columns: [
        'head',
        'query',
        'key',
        'area',
        'standard error',
        'read',
        `this sum, ${names.clean}`,
        `this sum, ${names.now}`,
      ],
      rows: found.map(({ head, query, key, auc, se, unread, clean, now }) => {
        return [head, query, key, auc, se, unread === null ? 'yes' : 'no', clean, now]
      }),
    },
    note: (needle) => note(needle, names),
    subject: ({ head, query, key }) => ({ head, query, key }),
  }
}

function finding(found: readonly Needle[], digit: string, n: number): string {
  const best = found[0]
  if (!best || Number.isNaN(best.auc)) return `These sums do not tell a carry into ${digit} from none.`
  const read = found.find(({ unread }) => unread === null)
  const name = ({ head, query, key }: Needle) => `${head} from ${query} to ${key}`
  const first = `Of ${counted(n, 'sum')}, ${name(best)} tells ${digit}’s carry best: area ${decimalText(best.auc, 3)}`
  if (best.unread === null) return `${first}.`
  if (!read) return `${first}, but nothing reads it.`
  return `${first}, but nothing reads it; of those that are read, ${name(read)} does: ${decimalText(read.auc, 3)}.`
}

function note(
  { head, query, key, digit, auc, se, unread, clean, now, layer }: Needle,
  names: NonNullable<ThisSum['names']>,
): Note {
  const interval = `${decimalText(auc - 1.96 * se, 3)} to ${decimalText(Math.min(1, auc + 1.96 * se), 3)}`
  return {
    subject: `${head}, ${query} → ${key}: carry into ${digit}`,
    lines: [
      { label: 'area under the curve', value: decimalText(auc, 3) },
      { label: '95 % interval', value: interval },
      ...(Number.isNaN(clean) ? [] : [{ label: `this sum, ${names.clean}`, value: decimalText(clean, 3) }]),
      ...(Number.isNaN(now) || names.now === names.clean
        ? []
        : [{ label: `this sum, ${names.now}`, value: decimalText(now, 3) }]),
      { label: 'read', value: unread?.sentence ?? `yes; whether it is a cause, a transplant tells` },
    ],
    hook: `blocks.${layer}.attn.hook_pattern`,
  }
}
