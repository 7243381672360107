import type { ParamsOf, ResultOf } from '../../analyses/registry'
import { counted } from '../../core/counted'
import { parseHead } from '../../core/heads'
import type { Intervention } from '../../model/intervention'
import { defineFigure, type AnswerTo, type AnyFigure, type FigureChoice, type ShownFigure } from '../figure'
import { decimalText, lossText, signedText } from '../drawing/number-text'
import { aloneOf, chosenHead, namesOfSubset, worthColumns, worthsOf, type Worths } from './head-worths'
import { latticeChart } from './lattice-chart'
import type { LatticeNode } from './lattice-layout'
import { pairMap, type PairDatum } from './pair-map'
import { worthBars, type WorthDatum } from './worth-bars'

const hook = 'blocks.*.attn.hook_result'

const replacedBy: FigureChoice<ParamsOf<'interaction'>> = {
  kind: 'together-mode',
  label: 'replaced by',
  options: [
    { name: 'μ Mean', params: { mode: 'mean' } },
    { name: '0 Zero', params: { mode: 'zero' } },
  ],
}

const common = {
  analysis: 'interaction',
  about: 'dataset',
  intervened: true,
  means: true,
  choices: [replacedBy],
  parts: { kind: 'worth', of: worthColumns, together: true },
} as const
const measured = {
  hook,
  over: 'the sums of the subset, which also give the means',
  unit: 'nats',
} as const

/** What the heads are worth together: alone and on average, in pairs, and every subset of them. */
export const headsFigures: readonly AnyFigure[] = [
  defineFigure({
    ...common,
    id: 'head-worths',
    title: 'What each head is worth',
    definition: {
      formula:
        'Shapley value of the loss: what ablating a head adds, averaged over all orders in which all are ablated; beside it what ' +
        'ablating it alone adds',
      ...measured,
    },
    size: { width: 516, height: 340 },
    show: bars,
  }),
  defineFigure({
    ...common,
    id: 'interaction',
    title: 'Pairs',
    definition: {
      formula:
        'by how much ablating two heads adds more than each: upper right averaged over what else is ablated (Shapley ' +
        'interaction), lower left with nothing else ablated; below 0 they are one chain, above they stand in for each other',
      ...measured,
    },
    size: { width: 620, height: 420 },
    show: pairs,
  }),
  defineFigure({
    ...common,
    id: 'ablation-lattice',
    title: 'All ways to ablate',
    definition: {
      formula:
        'loss with every subset of the heads ablated; each tile shows layer 0 above the later ones, filled where a head is ablated, ' +
        'each line ablates one more head',
      ...measured,
    },
    size: { width: 892, height: 428 },
    show: lattice,
  }),
]

function bars({ result, part, chosen = {} }: AnswerTo<'interaction'>): ShownFigure<WorthDatum> {
  const worths = worthsOf(result, part)
  const head = chosenHead(worths, chosen['worth-head'])
  const reversed = worths.heads.filter((_, index) => worths.shapley[index]! * aloneOf(worths, index) < 0)
  return {
    label: `What each head is worth for the loss of ${worths.of}: its Shapley value, and what ablating it alone adds`,
    finding: known(worths)
      ? `${worths.heads[head]!} is worth ${signedText(worths.shapley[head]!, 2)} nats and costs ${signedText(aloneOf(worths, head), 2)} alone; ${reversed.length === 0 ? 'no head’s two figures differ in sign' : `the two figures of ${reversed.join(', ')} differ in sign`}.`
      : notYet,
    draw: (display) => worthBars(worths, head, display),
    table: {
      caption: `What each head is worth, nats, ${worths.of}`,
      columns: ['head', 'Shapley value', 'standard error', 'ablated alone'],
      rows: worths.heads.map((name, at) => [name, worths.shapley[at]!, worths.errors[at]!, aloneOf(worths, at)]),
    },
    note: ({ head: name, index }) => ({
      subject: name,
      lines: [
        { label: 'Shapley value', value: `${signedText(worths.shapley[index]!, 2)} nats` },
        ...(worths.orders > 0
          ? [
              {
                label: 'standard error',
                value: `${decimalText(worths.errors[index]!, 2)} nats, ${worths.orders} orders`,
              },
            ]
          : []),
        { label: 'ablated alone', value: `${signedText(aloneOf(worths, index), 2)} nats` },
      ],
      hook,
    }),
    act: ({ head: name }) => ({ words: `show the lines of ${name}`, chosen: { 'worth-head': name } }),
    rows: worths.heads.length,
  }
}

const notYet = 'The values are told when the losses of all subsets are known.'

function known({ shapley }: Worths): boolean {
  return shapley.every((value) => !Number.isNaN(value))
}

function pairs({ result, part, chosen = {} }: AnswerTo<'interaction'>): ShownFigure<PairDatum> {
  const worths = worthsOf(result, part)
  const head = chosenHead(worths, chosen['worth-head'])
  const { heads, whole } = worths
  const values = whole ? worths.pair : worths.pairPlain
  const strongest = values.reduce(
    (best, value, at) => (!Number.isNaN(value) && Math.abs(value) > Math.abs(values[best] ?? 0) ? at : best),
    1,
  )
  const [one, other] = [heads[Math.floor(strongest / heads.length)], heads[strongest % heads.length]]
  const value = values[strongest] ?? NaN
  return {
    label: `By how much ablating two heads adds more than each, every pair of heads, ${worths.of}`,
    finding: Number.isNaN(value)
      ? notYet
      : `${one} and ${other} go together the most: ${signedText(value, 2)} nats ${whole ? 'over all contexts' : 'with nothing else ablated'}; ${value < 0 ? 'they are one chain' : 'each stands in for the other'}.`,
    draw: (display) => pairMap(worths, head, display),
    table: {
      caption: `Pairs of heads, nats, ${worths.of}: above the diagonal over all contexts, below it the two alone`,
      columns: ['head', ...heads],
      rows: heads.map((name, row) => [
        name,
        ...heads.map((_, column) => (column > row ? worths.pair : worths.pairPlain)[row * heads.length + column]!),
      ]),
    },
    note: ({ one: first, other: second, over: context, value: nats }) => ({
      subject: `${first}, ${second}: ${context}`,
      lines: [{ label: 'more than each', value: Number.isNaN(nats) ? 'not known' : `${signedText(nats, 2)} nats` }],
      hook,
    }),
    act: ({ other: name }) => ({ words: `show the lines of ${name}`, chosen: { 'worth-head': name } }),
    rows: heads.length,
  }
}

function lattice({ result, part, chosen = {} }: AnswerTo<'interaction'>): ShownFigure<LatticeNode> {
  const worths = worthsOf(result, part)
  const head = chosenHead(worths, chosen['worth-head'])
  const { heads, subsets, lossOf } = worths
  const there = subsets.filter(({ loss }) => !Number.isNaN(loss))
  const worst = there.reduce((most, subset) => (subset.loss > most.loss ? subset : most), there[0] ?? subsets[0]!)
  return {
    label: `Loss of ${worths.of} with every known subset of the heads ablated, by how many are`,
    finding: `${there.length} of ${counted(2 ** heads.length, 'subset')}: the worst is ${namesOfSubset(heads, worst.heads)}, ${lossText(worst.loss)} nats; all ablated costs ${lossText(lossOf(2 ** heads.length - 1))}.`,
    draw: (display) => latticeChart(worths, head, display),
    table: {
      caption: `Loss with subsets of the heads ablated, nats, ${worths.of}`,
      columns: ['ablated', 'how many', 'loss'],
      rows: subsets.map((subset) => [namesOfSubset(heads, subset.heads), subset.heads.length, subset.loss]),
    },
    note: ({ heads: ablated, loss, subset }) => ({
      subject: namesOfSubset(heads, ablated),
      lines: [{ label: 'loss', value: `${lossText(loss)} nats` }, ...neighbours(worths, subset, ablated)],
      hook,
    }),
    act: ({ heads: ablated }) => ({
      words: ablated.length === 0 ? 'take all interventions off in Explore' : 'ablate exactly these in Explore',
      interventions: ablated.map((index) => ablation(heads[index]!, result.mode)),
      alone: true,
    }),
  }
}

/** The losses with one head more or less. */
function neighbours({ heads, lossOf }: Worths, subset: number, ablated: readonly number[]) {
  return heads.slice(0, 8).map((name, index) => {
    const without = ablated.includes(index)
    const loss = lossOf(without ? subset - 2 ** index : subset + 2 ** index)
    return {
      label: `${without ? 'without' : 'with'} ${name}`,
      value: Number.isNaN(loss) ? 'not asked' : lossText(loss),
    }
  })
}

function ablation(name: string, mode: ResultOf<'interaction'>['mode']): Intervention {
  return { site: 'result', ...parseHead(name), positions: 'all', mode }
}
