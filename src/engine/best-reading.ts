import { performance } from '../analyses/sums/performance'
import { BadInput } from '../core/bad-input'
import { counted } from '../core/counted'
import type { OpenedModel, Reading } from '../model/files/open-model'
import { chanceLoss } from '../model/layout-search'
import { OnnxModel } from './onnx-model'

/** How well a reading adds. */
interface Score {
  /** Share of the answer digits that are the likeliest output. */
  readonly right: number
  /** In nats a digit. */
  readonly loss: number
}

/** So many sums tell which reading adds best. */
const judged = 1000

/**
 * The reading of a model's files by which it adds best, and what a person should know of it, each a sentence. Throws BadInput where
 * none can be chosen.
 */
export async function bestReading(file: string, opened: OpenedModel): Promise<{ reading: Reading; notices: string[] }> {
  const readings: readonly Reading[] = [opened, ...opened.alternatives]
  const scores: Score[] = []
  for (const reading of readings) scores.push(await scoreOf(reading))
  const best = scores.reduce((found, { loss }, index) => (loss < scores[found]!.loss ? index : found), 0)
  if (!isAdding(scores[best]!)) return { reading: firstOf(file, readings), notices: [noneAdds(readings, scores[0]!)] }
  return { reading: readings[best]!, notices: [chosen(readings, scores, best)] }
}

async function scoreOf(reading: Reading): Promise<Score> {
  const model = new OnnxModel({ name: '', sha256: '', ...reading }, { plain: true, sessions: 1 })
  try {
    const { loss, tokenAccuracy } = await performance.run(
      { model, progress: () => {} },
      { dataset: { size: judged, seed: 42 } },
    )
    return { loss, right: tokenAccuracy }
  } finally {
    await model.dispose()
  }
}

function isAdding({ loss }: Score): boolean {
  return loss < chanceLoss
}

/** How the heads are divided cannot be left to chance; everything else stays as it usually is. */
function firstOf(file: string, readings: readonly Reading[]): Reading {
  const heads = [...new Set(readings.map(({ config }) => config.n_heads))]
  if (heads.length > 1)
    throw new BadInput(
      `The file "${file}" does not say how many heads it has, and with none of ${heads.join(', ')} does it add; put a config.json with n_heads and the other sizes beside it.`,
    )
  return readings[0]!
}

function noneAdds(readings: readonly Reading[], score: Score): string {
  return `The file leaves open how the model computes, and it adds in none of the ways tried (${readings.map(nameOf).join('; ')}). It is read as the first: ${described(score)} on ${judged} sums. Say which it is in a config.json beside it.`
}

function chosen(readings: readonly Reading[], scores: readonly Score[], best: number): string {
  const others = readings.flatMap((reading, index) =>
    index === best ? [] : [`${nameOf(reading)} ${percent(scores[index]!.right)}`],
  )
  const shown = others.length > 4 ? [...others.slice(0, 4), '…'] : others
  return `The file leaves open how the model computes. It is read with ${nameOf(readings[best]!)}, by which it adds best: ${described(scores[best]!)} on ${judged} sums (${shown.join('; ')}).`
}

function nameOf({ config }: Reading): string {
  const { normalization_type, n_heads, act_fn } = config
  return [
    normalization_type ?? 'no normalization',
    counted(n_heads, 'head'),
    ...(act_fn === undefined ? [] : [act_fn]),
  ].join(', ')
}

function described({ right, loss }: Score): string {
  return `${percent(right)} of the digits right, loss ${loss.toFixed(2)} nats`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
