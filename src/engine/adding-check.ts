import { layoutText } from '../core/layout-text'
import { sameLayout, type TaskLayout } from '../core/task-layout'
import type { ModelRemark } from '../contract/contract'
import { answerLoss, bestLayout, chanceLoss, wholeContextLayout, type ScoredLayout } from '../model/layout-search'
import { openModelBytes, type OpenedModel, type Reading } from '../model/files/open-model'
import { fullyProcessed } from './fully-processed'
import { bestReading } from './best-reading'
import { OnnxModel } from './onnx-model'

/** What a model is opened from. */
interface Files {
  readonly name: string
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** So few sums show already that a model adds, and most do. */
const glance = 128
/** A loss below this is that of a model that adds; one between this and chance may be that of a neighbouring layout. */
const addsClearly = chanceLoss / 2

/** A model's files as they are read, and what a person should know about that, each a sentence. */
export interface Adding {
  readonly opened: OpenedModel
  readonly reading: Reading
  readonly notices: readonly string[]
  readonly remark?: ModelRemark
}

/**
 * The model as its files say, or where they leave the layout or the way of computing open, as it adds best. `chosen` is the
 * layout that the person asked for. Throws BadInput where no reading can be chosen.
 */
export async function openAdding(from: Files, chosen: TaskLayout | undefined): Promise<Adding> {
  const opened = openModelBytes(from.name, from.files, chosen)
  const told = chosen ?? opened.file.layout
  const isOne = opened.alternatives.length === 0
  if (told && !isOne) return readBest(opened)
  const loss = await leastLoss(opened)
  if (loss < (told ? chanceLoss : addsClearly)) return readBest(opened)
  const best = await searched(from, opened)
  const better = best && best.loss < loss && !sameLayout(best.layout, opened.config.layout) ? best : null
  if (!told && better) {
    const found = await readBest(openModelBytes(from.name, from.files, better.layout))
    return remarked(found, { sentence: inferred(better) })
  }
  const found = await readBest(opened)
  if (loss < chanceLoss || !isOne) return found
  return remarked(found, { sentence: worse(loss, better), ...(better && { better: better.layout }) })
}

/** The same without looking at how it adds, unless the files leave open how it computes. */
export async function openAsTold({ name, files }: Files, chosen: TaskLayout | undefined): Promise<Adding> {
  return readBest(openModelBytes(name, files, chosen))
}

async function readBest(opened: OpenedModel): Promise<Adding> {
  if (opened.alternatives.length === 0) return { opened, reading: opened, notices: [] }
  return { opened, ...(await bestReading(opened.weightsFile, opened)) }
}

function remarked(found: Adding, remark: ModelRemark): Adding {
  return { ...found, remark, notices: [remark.sentence, ...found.notices] }
}

function readingsOf(opened: OpenedModel): readonly Reading[] {
  return [opened, ...opened.alternatives]
}

/** The loss of the reading that adds best; the first that adds clearly will do. */
async function leastLoss(opened: OpenedModel): Promise<number> {
  let least = Infinity
  for (const reading of readingsOf(opened)) {
    least = Math.min(least, await lossOf(reading))
    if (least < addsClearly) return least
  }
  return least
}

async function lossOf(reading: Reading): Promise<number> {
  return withModel(reading, async (model) => {
    const first = await answerLoss(model, glance)
    return first < addsClearly ? first : answerLoss(model)
  })
}

async function searched({ name, files }: Files, { file }: OpenedModel): Promise<ScoredLayout | null> {
  let best: ScoredLayout | null = null
  for (const reading of readingsOf(openModelBytes(name, files, wholeContextLayout(file.n_ctx)))) {
    const found = await withModel(reading, bestLayout)
    if (found && (!best || found.loss < best.loss)) best = found
  }
  return best
}

async function withModel<T>(reading: Reading, use: (model: OnnxModel) => Promise<T>): Promise<T> {
  const model = new OnnxModel({ name: '', sha256: '', ...fullyProcessed(reading) }, { sessions: 2 })
  try {
    return await use(model)
  } finally {
    await model.dispose()
  }
}

function inferred({ layout }: ScoredLayout): string {
  return `The file does not say how its sums are written, so it was opened as it adds best: ${layoutText(layout)}.`
}

function worse(loss: number, better: ScoredLayout | null): string {
  const found =
    `On 1000 sums this model is worse than chance: its loss is ${loss.toFixed(2)} nats per digit, and guessing gives ` +
    `${chanceLoss.toFixed(2)}. `
  return better
    ? `${found}It adds best (${better.loss.toFixed(2)}) as ${layoutText(better.layout)}.`
    : `${found}If it was trained to add, its tokens, layout or normalization are read wrongly here: say them in its config.json.`
}
