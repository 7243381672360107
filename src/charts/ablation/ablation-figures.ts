import type { ParamsOf, ResultOf } from '../../analyses/registry'
import { tensor, type Tensor } from '../../core/tensor'
import {
  ablationDetails,
  ablationChart,
  ablationNote,
  ablationRows,
  ablationTable,
  isColumnName,
  partName,
  type AblationDatum,
  type AblationDetail,
  type AblationInput,
} from './ablation-table'
import {
  defineFigure,
  type Act,
  type AnyFigure,
  type AnswerTo,
  type FigureChoice,
  type ShownFigure,
  type WrittenFigure,
} from '../figure'
import { ablate, replaced, sumsAlong } from './ablation-act'
import { mlpLosses } from './mlp-losses'
import { headsFinding, positionsFinding, sitesFinding } from './ablation-findings'
import {
  positionAblationChart,
  positionData,
  positionNote,
  positionTable,
  type PositionDatum,
} from './position-ablation'

const over = 'the sums of the subset, which also give the means'

const modes: FigureChoice<Pick<ParamsOf<'head-ablation'>, 'mode'>> = {
  kind: 'mode',
  label: 'replaced by',
  options: (['mean', 'zero', 'resample'] as const).map((mode) => ({ name: mode, params: { mode } })),
}
const details: FigureChoice<object> = {
  kind: 'detail',
  label: 'digits',
  options: ablationDetails.map((name) => ({ name, reported: true })),
}
const sides: FigureChoice<Pick<ParamsOf<'position-ablation'>, 'side'>> = {
  kind: 'side',
  label: 'what is replaced',
  options: (['write', 'read'] as const).map((side) => ({ name: side, params: { side }, reported: true })),
}

const queriesKeysValues: Omit<WrittenFigure<'qkv-ablation'>, 'id' | 'title'> = {
  analysis: 'qkv-ablation',
  about: 'dataset',
  clean: true,
  definition: {
    formula: 'loss with one head’s queries, keys or values replaced at every position, less the clean loss',
    hook: 'blocks.*.attn.hook_q, hook_k, hook_v',
    over,
    unit: 'nats',
  },
  choices: [modes, details],
  show: ({ result, ...asked }) => losses(result, asked),
}

/** Figures of what is lost without a part of a head, over many sums. */
export const ablationFigures: readonly AnyFigure[] = [
  defineFigure({
    id: 'head-ablation',
    title: 'Without a head',
    analysis: 'head-ablation',
    about: 'dataset',
    clean: true,
    cells: [18],
    definition: {
      formula: 'loss with the output of one head (or MLP) replaced at every position, less the clean loss',
      hook: 'blocks.*.attn.hook_result, blocks.*.hook_mlp_out',
      over,
      unit: 'nats',
    },
    choices: [modes],
    show: ({ result, ...asked }) =>
      losses(ofResult(result), { ...asked, chosen: { ...asked.chosen, detail: 'by digit' } }),
  }),
  defineFigure({ ...queriesKeysValues, id: 'qkv-ablation', title: 'Without Q, K or V', cells: [20] }),
  defineFigure({
    ...queriesKeysValues,
    id: 'qkv-ablation-carries',
    title: 'Without Q, K or V: carries',
    cells: [38],
    params: { subset: 'carries' },
    definition: {
      ...queriesKeysValues.definition,
      over: 'the sums of the data set in which some column carries, which also give the means',
    },
  }),
  defineFigure({
    ...queriesKeysValues,
    id: 'qkv-ablation-non-carries',
    title: 'Without Q, K or V: non-carries',
    cells: [38],
    params: { subset: 'non-carries' },
    definition: {
      ...queriesKeysValues.definition,
      over: 'the sums of the data set in which no column carries, which also give the means',
    },
  }),
  defineFigure({
    id: 'position-ablation',
    title: 'Without a head at one position',
    analysis: 'position-ablation',
    about: 'dataset',
    clean: true,
    means: true,
    definition: {
      formula: 'loss of one answer digit with one head replaced at one position, less the clean loss',
      hook: 'blocks.*.attn.hook_result (write), or hook_q, hook_k and hook_v together (read)',
      over,
      unit: 'nats',
    },
    size: { width: 760, height: 220 },
    parts: { kind: 'digit', of: (result) => result.lossDiff.labels['digit'] ?? [] },
    choices: [modes, sides],
    show: positions,
  }),
]

type Losses = Pick<AblationInput, 'lossDiff' | 'lossDiffPerDigit' | 'mlps'>

/** The output of a head as one more site. */
function ofResult({ lossDiff, lossDiffPerDigit, ...result }: ResultOf<'head-ablation'>): Losses {
  const mlps = mlpLosses(result)
  return { ...(mlps && { mlps }), lossDiff: atResult(lossDiff), lossDiffPerDigit: atResult(lossDiffPerDigit) }
}

function atResult<D extends readonly string[]>({ dims, shape, data, labels }: Tensor<D>) {
  return tensor(['site', ...dims], [1, ...shape], data, { labels: { ...labels, site: ['result'] } })
}

function losses(
  result: Losses,
  { params, chosen = {}, focus = null }: Pick<AnswerTo<'head-ablation'>, 'params' | 'chosen' | 'focus'>,
): ShownFigure<AblationDatum> {
  const { mode = 'mean' } = params
  const input: AblationInput = {
    lossDiff: result.lossDiff,
    lossDiffPerDigit: result.lossDiffPerDigit,
    mlps: result.mlps,
    detail: (chosen['detail'] ?? 'overall') as AblationDetail,
    order: chosen['order'] ?? '',
    focus,
  }
  const label = `Loss added by ${mode} ablation, ${input.detail}`
  return {
    label: `${label}, in nats`,
    finding: input.lossDiff.shape[0] === 1 ? headsFinding(input) : sitesFinding(input),
    draw: (display) => ablationChart(input, display),
    table: ablationTable(input, label),
    note: (datum) => ablationNote(datum, `${mode} ablation`),
    rows: ablationRows(input).length,
    subject: (datum) => (isColumnName(datum) ? {} : { head: partName(datum) }),
    act: (datum) => (isColumnName(datum) ? sort(input, datum.column) : ablate(datum, params)),
  }
}

function sort({ order }: AblationInput, column: string): Act {
  return order === column
    ? { words: 'order by head', chosen: { order: '' } }
    : { words: `sort by ${column}, largest first`, chosen: { order: column } }
}

function positions({
  result: { lossDiff },
  params,
  part,
  layout,
}: AnswerTo<'position-ablation'>): ShownFigure<PositionDatum> {
  const { mode = 'mean', side = 'write' } = params
  const input = { lossDiff, digit: part, layout }
  const label = `Loss of ${part} added by ${mode} ablation of what each head ${side}s at one position`
  return {
    label: `${label}, in nats`,
    finding: positionsFinding(positionData(input), part, layout),
    draw: (display) => positionAblationChart(input, display),
    table: positionTable(input, label),
    rows: lossDiff.shape[0]! * lossDiff.shape[1]!,
    note: (datum) => positionNote(datum, side),
    subject: ({ layer, head, name }) => ({ head: `H${layer}.${head}`, query: name }),
    act: ({ layer, head, position, at, focus }) => ({
      words: `${mode}-ablate ${side === 'write' ? 'Out' : 'Q, K and V'} of H${layer}.${head} at ${at}, in Explore`,
      interventions: (side === 'write' ? (['result'] as const) : (['q', 'k', 'v'] as const)).map((site) =>
        replaced({ site, layer, head, positions: [position] }, mode),
      ),
      ...sumsAlong(params),
      alone: true,
      focus,
    }),
  }
}
