import { mersenne } from 'pure-rand/generator/mersenne'
import { expect, test } from 'vitest'
import { tokensOf } from '../../../src/core/tokens'
import { intervenedModel } from '../../../src/engine/exhaustive/intervened-model'
import { plainScores } from '../../../src/engine/exhaustive/plain-comparison'
import { startEvaluator } from '../../../src/engine/exhaustive/start-evaluator'
import { loadModel } from '../../../src/engine/load-model'
import { parseIntervention } from '../../../src/model/intervention-text'
import { groupCount } from '../../../src/model/exhaustive/sum-groups'
import type { Model } from '../../../src/model/model'
import { ReferenceModel } from '../../../src/model/reference-model'
import { checkpointPath, hasReference, needsReference } from '../../support/reference-data'

/** How many sums, in pieces of 250 at random places; ORACLE_SUMS=20000 asks for more, and tells. */
const sums = Number(process.env['ORACLE_SUMS'] ?? 500)
const together = 25

/** Margins of random sums by the kernel and by the plain pass, both in single precision, against the oracle in double. */
async function checkAgainstOracle(path: string, texts: readonly string[]): Promise<void> {
  const { model } = await loadModel({ source: { path } })
  const interventions = texts.map((text) => parseIntervention(text, model.config))
  const { layout } = model.config
  const kernel = await startEvaluator(model, { decoding: 'teacher-forced', interventions })
  const [plain, oracle] = [model, new ReferenceModel(model)].map((one) => intervenedModel(one, interventions))
  const generator = mersenne(17)
  const off = { kernel: 0, plain: 0, apart: 0, size: 0 }
  for (let n = 0; n < sums; n += 10 * together) {
    const begin = (generator.next() >>> 0) % (groupCount(layout) - together)
    const { weakest } = await kernel.evaluate({ begin, end: begin + together }, 0)
    expect(weakest).toHaveLength(10 * together)
    const tokens = tokensOf(weakest, layout)
    const [single, double] = [await smallestMargins(plain!, tokens), await smallestMargins(oracle!, tokens)]
    weakest.forEach(({ margin }, sum) => {
      off.kernel = Math.max(off.kernel, Math.abs(margin - double[sum]!))
      off.plain = Math.max(off.plain, Math.abs(single[sum]! - double[sum]!))
      off.apart = Math.max(off.apart, Math.abs(margin - single[sum]!))
      off.size = Math.max(off.size, Math.abs(double[sum]!))
    })
  }
  await kernel.release()
  if (process.env['ORACLE_SUMS'] !== undefined) console.info(JSON.stringify({ path, texts, sums, ...off }))
  expect(off.kernel).toBeLessThan(1e-4)
  expect(off.kernel).toBeLessThanOrEqual(off.plain)
}

async function smallestMargins(model: Model, tokens: ReturnType<typeof tokensOf>): Promise<number[]> {
  const { answerDigits } = model.config.layout
  const { margins } = await plainScores(model, tokens)
  return Array.from({ length: tokens.shape[0]! }, (_, sum) =>
    Math.min(...margins.subarray(sum * answerDigits, (sum + 1) * answerDigits)),
  )
}

const timeout = 900_000
const ways = [{ texts: [] }, { texts: ['H0.2:result:mean'] }]

test.each(ways)(
  'the kernel is no further from the oracle than single precision is, under $texts',
  { timeout },
  ({ texts }) => checkAgainstOracle('models/sum-4digit', texts),
)

test.skipIf(!hasReference).each(ways)(
  `and so it is for the published model under $texts (${needsReference})`,
  { timeout },
  ({ texts }) => checkAgainstOracle(checkpointPath, texts),
)
