import type { ResultOf } from '../../analyses/registry'
import { parseSum } from '../../core/sum-text'
import { carriesFinding, sumsFinding } from '../carry/carry-findings'
import { certaintyFinding, performanceFinding } from './performance-findings'
import { certaintyBins, certaintyTable, type CertaintyBin, type ExampleScores } from './certainty'
import { certaintyDrawing, certaintyNote } from './certainty-strips'
import { oneName, renameNote, runName } from '../drawing/run-names'
import { defineFigure, readAsTable, type AnswerTo, type AnyFigure, type ShownFigure } from '../figure'

/** So many sums are told of one by one. */
const toldSums = 10_000
const listedSums = 100

/** Figures of which sums there are and how well the model adds them. */
export const performanceFigures: readonly AnyFigure[] = [
  defineFigure({
    id: 'performance',
    title: 'Statistics',
    analysis: 'performance',
    about: 'dataset',
    params: { examples: toldSums },
    intervened: true,
    compares: true,
    cells: [7],
    definition: {
      formula: 'mean of −log p of the right digit over all outputs; the median is the lower middle of all digits',
      hook: 'softmax(unembed.hook_out) at the positions that predict',
      unit: 'nats, probability, share of sums and of digits',
    },
    show: statistics,
  }),
  defineFigure({
    id: 'certainty',
    title: 'How sure it is of each digit',
    analysis: 'performance',
    about: 'dataset',
    params: { examples: toldSums },
    intervened: true,
    compares: true,
    definition: {
      formula:
        'number of sums by the probability of the right digit, on an axis of odds; heights are square roots. Solid: shown; ' +
        'outline: clean; red: answered wrongly',
      hook: 'softmax(unembed.hook_out) at the positions that predict',
      over: `the first ${toldSums.toLocaleString('en')} sums of the subset at most`,
      unit: 'sums',
    },
    size: { width: 760, height: 260 },
    show: certainty,
  }),
  defineFigure({
    id: 'carries',
    title: 'How often they carry',
    analysis: 'carries',
    about: 'dataset',
    cells: [37],
    definition: {
      formula:
        'sums in which a carry comes into the column, or leaves it. The notebook’s test, a + b differs from c, holds for either',
      hook: 'no model is run',
      layerNorm: 'none',
      unit: 'sums',
    },
    show: carries,
  }),
  defineFigure({
    id: 'dataset',
    title: 'The sums',
    analysis: 'dataset',
    about: 'dataset',
    params: { examples: listedSums },
    cells: [4],
    definition: {
      formula: 'as torch’s CPU generator draws them, with the column patterns and the columns that a carry comes into',
      hook: 'no model is run',
      over: `the first ${listedSums} sums of the subset`,
      layerNorm: 'none',
      unit: 'none',
    },
    show: sums,
  }),
]

/** Each by its key in the result: its name and its unit. */
const statisticRows = {
  n: ['sums', 'sums'],
  loss: ['loss, nats', 'nats'],
  meanProb: ['mean probability', 'probability'],
  medianProb: ['median probability', 'probability'],
  minProb: ['least probability', 'probability'],
  exactMatch: ['every digit right, share', 'share'],
  tokenAccuracy: ['digits right, share', 'share'],
} as const satisfies { readonly [Key in keyof ResultOf<'performance'>]?: readonly [name: string, unit: string] }

const statisticNames = Object.keys(statisticRows) as (keyof typeof statisticRows)[]

function statistics({ result, params, clean = null }: AnswerTo<'performance'>): ShownFigure<number> {
  const runs = clean ? [clean, result] : [result]
  const perDigit = runs.map((run) => run.lossPerDigit)
  const digits = (perDigit[0]!.labels.digit ?? []).map((digit, index) => [
    `loss of ${digit}, nats`,
    ...perDigit.map(({ data }) => data[index]!),
  ])
  const rows = statisticNames.map((key) => [statisticRows[key][0], ...runs.map((run) => run[key])])
  return {
    label: 'Loss, probabilities and accuracy',
    finding: performanceFinding(result, clean),
    ...readAsTable,
    table: {
      caption: 'Loss, probabilities of the right digits and accuracy',
      columns: ['', ...(clean ? ['clean', 'intervened'] : [runName(params)])],
      units: ['', ...runs.map(() => '')],
      rowUnits: [...statisticNames.map((key) => statisticRows[key][1]), ...digits.map(() => 'nats')],
      rows: [...rows, ...digits],
    },
  }
}

function certainty({
  result,
  params,
  layout,
  clean,
  focus = null,
}: AnswerTo<'performance'>): ShownFigure<CertaintyBin> {
  const now = examplesIn(result)
  const before = clean ? examplesIn(clean) : now
  const input = { clean: before, now, intervened: before !== now, focus }
  return {
    label: 'Numbers of sums by the probability of the right digit, for each answer digit',
    finding: certaintyFinding(certaintyBins(before, now), layout),
    draw: (display) => certaintyDrawing(input, display),
    table: certaintyTable(before, now, input.intervened ? null : runName(params)),
    note: (bin) => {
      const note = certaintyNote(bin, input.intervened)
      return input.intervened ? note : renameNote(note, oneName(runName(params)))
    },
    act: ({ digit, hardest }) => {
      if (!hardest) return null
      return { words: `open the least sure, ${hardest.a}+${hardest.b}, in Explore`, sum: hardest, focus: digit }
    },
  }
}

/** It asks for them, so they are there. */
function examplesIn({ operands, exampleLoss, predicted }: ResultOf<'performance'>): ExampleScores {
  return { operands: operands!, exampleLoss: exampleLoss!, predicted: predicted! }
}

const definitionNames: Readonly<Record<string, string>> = {
  carryIn: 'comes in',
  carryOut: 'leaves',
  notebook: 'either (notebook)',
}

function carries({ result }: AnswerTo<'carries'>): ShownFigure<number> {
  const { labels, data } = result.perColumn
  const digits = labels['digit'] ?? []
  const rows = (labels['definition'] ?? []).map((name, row) => [
    definitionNames[name]!,
    ...Array.from(data.slice(row * digits.length, (row + 1) * digits.length)),
  ])
  return {
    label: 'Numbers of sums that carry, by column',
    finding: carriesFinding(result.n, result.any, result.perColumn),
    ...readAsTable,
    table: { caption: 'Numbers of sums that carry, by column', columns: ['a carry', ...digits], rows },
  }
}

function sums({ result: { text, patterns, carryIn }, layout }: AnswerTo<'dataset'>): ShownFigure<number> {
  const { labels, data, shape } = carryIn
  const into = (row: number) =>
    (labels['digit'] ?? []).filter((_, digit) => data[row * shape[1]! + digit] === 1).join(' ') || '–'
  return {
    label: 'The sums, their column patterns and carries',
    finding: sumsFinding(text.length, text.filter((_, row) => into(row) !== '–').length),
    ...readAsTable,
    table: {
      caption: 'The sums, their column patterns and the columns that a carry comes into',
      columns: ['sum', 'columns', 'carry into'],
      rows: text.map((sum, row) => [sum, patterns[row]!, into(row)]),
    },
    act: (row) => {
      const sum = text[row]!
      return { words: `open ${sum} in Explore`, sum: parseSum(sum.slice(0, sum.indexOf('=')), layout) }
    },
  }
}
