import { Divisions } from '../../core/area-under-curve'
import { columnsOf } from '../../core/columns'
import { isReadBy } from '../../core/head-site'
import type { Head } from '../../core/heads'
import { axis, numberedAxis, tensorOver } from '../../core/axis'
import type { ModelConfig } from '../../model/config'
import { defineAnalysis } from '../analysis'
import { ofRunSums } from '../parameters'
import { chosenSums } from '../running/chosen-sums'
import { consecutiveShare } from '../running/consecutive-share'
import { costlyPartials, runIntervenedBatches } from '../running/intervened-batches'
import { AttentionRows } from '../parts/attention-rows'
import { digitAxis, headAxes, positionAxis } from '../parts/axes'
import { headsOf } from '../parts/model-heads'
import { bestNeedles, joinedHistograms, needleHistograms } from '../parts/needles'
import { HeadWriter } from '../parts/head-writer'
import type { TaskLayout } from '../../core/task-layout'

/** More sums than this would keep too many activations in memory. */
const mostSums = 20_000

/**
 * Which single numbers inside the model tell whether a digit has a carry. That one tells it does not mean that anything reads it:
 * `readBy` says whether the digit's prediction can.
 */
export const carryNeedles = defineAnalysis({
  id: 'carry-needles',
  question: 'Which single entries of attention, and which heads, tell that a digit has a carry?',
  definition:
    'attentionAuc: area under the curve of hook_pattern between sums with a carry into the digit and sums without (above .5: more ' +
    'attention with a carry); se: its standard error (Hanley and McNeil). resultAuc: the same of hook_result on the difference of ' +
    'the two class means over even examples, scored on odd ones. readBy: 1 where the digit’s prediction reads the position. Of at ' +
    'most 20,000 sums. NaN where all sums have the same carry.',
  about: 'dataset',
  parameters: ofRunSums,
  divides: true,
  async run(context, params) {
    const { model } = context
    const { config } = model
    const { layout } = config
    const sums = chosenSums(params, layout, context.schedule).slice(0, mostSums)
    const carryIn = carriesByDigit(
      sums.map((sum) => columnsOf(sum, layout).carryIn),
      layout,
    )
    const all = Array.from({ length: config.n_layers }, (_, layer) => layer)
    const layers = consecutiveShare(all, context.schedule)
    const rows = new AttentionRows(config, layers, sums.length)
    const writer = new HeadWriter(model, params, layers, sums.length)
    const resultOf = (known: number) =>
      needlesResult(
        config,
        { layers, rows, writer },
        carryIn.map((ofDigit) => ofDigit.subarray(0, known)),
      )
    let known = 0
    if (layers.length === 0) {
      const nothing = resultOf(sums.length)
      context.progress(sums.length, sums.length, nothing)
      return nothing
    }
    return runIntervenedBatches(
      context,
      params,
      { outputs: [...rows.hooks, ...writer.hooks], atMost: mostSums, partialsAt: costlyPartials },
      (run, { begin, end }) => {
        writer.add(run, begin)
        rows.add(run, begin)
        known = end
      },
      () => resultOf(known),
    )
  },
  complete: (merged, parts) => {
    const best = bestNeedles(merged.attentionAuc, merged.readBy)
    return { ...merged, ...joinedHistograms(best, merged.attentionAuc.labels.query!, parts) }
  },
})

/** What is known of the sums that were taken in so far, in some layers. */
interface Known {
  readonly layers: readonly number[]
  readonly rows: AttentionRows
  readonly writer: HeadWriter
}

/** What the sums say that were taken in so far; `carry` is of these. */
function needlesResult(config: ModelConfig, known: Known, carry: readonly Uint8Array[]) {
  const { layout } = config
  const digit = digitAxis(layout)
  const ofEntries = [...headAxes(config), positionAxis('query', layout), positionAxis('key', layout), digit] as const
  const ofSites = [...headAxes(config), positionAxis('position', layout), digit] as const
  const carries = new Divisions(carry)
  const attention = attentionAreas(config, known, carries)
  const result = resultAreas(config, known, carries)
  const attentionAuc = tensorOver(ofEntries, attention.area, 'area')
  const readBy = readByTensor(config)
  return {
    n: carry[0]!.length,
    groupSizes: groupSizes(carry, layout),
    attentionAuc,
    se: tensorOver(ofEntries, attention.error, 'area'),
    resultAuc: tensorOver(ofSites, result.area, 'area'),
    resultSe: tensorOver(ofSites, result.error, 'area'),
    readBy,
    ...needleHistograms(config, bestNeedles(attentionAuc, readBy), known.rows, carry),
  }
}

/** For each digit 1 where the sum has a carry into it. */
function carriesByDigit(carryIn: readonly (readonly boolean[])[], layout: TaskLayout): Uint8Array[] {
  return Array.from({ length: layout.answerDigits }, (_, digit) =>
    Uint8Array.from(carryIn, (carries) => (carries[digit]! ? 1 : 0)),
  )
}

/** How many sums have a carry into each digit, and how many none. */
function groupSizes(carry: readonly Uint8Array[], layout: TaskLayout) {
  const withCarry = carry.map((ofDigit) => ofDigit.reduce((sum, carries) => sum + carries, 0))
  const without = carry.map((ofDigit, digit) => ofDigit.length - withCarry[digit]!)
  const axes = [axis('group', ['carry', 'noCarry']), digitAxis(layout)] as const
  return tensorOver(axes, Int32Array.from([...withCarry, ...without]))
}

interface Areas {
  readonly area: Float64Array
  readonly error: Float64Array
}

function attentionAreas(
  { n_heads, n_ctx, n_layers, layout }: ModelConfig,
  { layers, rows }: Known,
  carries: Divisions,
): Areas {
  const entries = n_heads * n_ctx * n_ctx
  const areas = emptyAreas(n_layers * entries * layout.answerDigits)
  for (const layer of layers)
    for (let entry = 0; entry < entries; entry++) {
      const [key, query] = [entry % n_ctx, Math.floor(entry / n_ctx) % n_ctx]
      if (key > query) continue
      setAreas(areas, (layer * entries + entry) * layout.answerDigits, rows.of(layer, entry), carries)
    }
  return areas
}

function resultAreas(config: ModelConfig, { layers, writer }: Known, carries: Divisions): Areas {
  const { n_ctx, layout } = config
  const heads = headsOf({ config })
  const areas = emptyAreas(heads.length * n_ctx * layout.answerDigits)
  const odd = carries.groups.map((carry) => new Divisions([carry.filter((_, example) => example % 2 === 1)]))
  heads.forEach((head: Head, index) => {
    if (!layers.includes(head.layer)) return
    for (let position = 0; position < n_ctx; position++)
      writer.oddScores(head, position, carries).forEach((scores, digit) => {
        if (scores) setAreas(areas, (index * n_ctx + position) * layout.answerDigits + digit, scores, odd[digit]!)
      })
  })
  return areas
}

function emptyAreas(length: number): Areas {
  return { area: new Float64Array(length).fill(NaN), error: new Float64Array(length).fill(NaN) }
}

function setAreas(areas: Areas, at: number, values: ArrayLike<number>, divisions: Divisions): void {
  divisions.areas(values).forEach(({ area, error }, digit) => {
    areas.area[at + digit] = area
    areas.error[at + digit] = error
  })
}

function readByTensor(config: ModelConfig) {
  const { n_layers, n_ctx, layout } = config
  const data = Int32Array.from({ length: n_layers * n_ctx * layout.answerDigits }, (_, index) => {
    const [layer, position] = [
      Math.floor(index / (n_ctx * layout.answerDigits)),
      Math.floor(index / layout.answerDigits) % n_ctx,
    ]
    return isReadBy({ layer, position }, index % layout.answerDigits, config) ? 1 : 0
  })
  return tensorOver([numberedAxis('layer', n_layers), positionAxis('position', layout), digitAxis(layout)], data)
}
