import { mersenne } from 'pure-rand/generator/mersenne'
import { expect, test } from 'vitest'
import { startEvaluator } from '../../../src/engine/exhaustive/start-evaluator'
import { loadModel } from '../../../src/engine/load-model'
import { parseIntervention } from '../../../src/model/intervention-text'
import { groupCount } from '../../../src/model/exhaustive/sum-groups'
import { checkpointPath, hasReference, needsReference } from '../../support/reference-data'

/** How many sums, in pieces of 250 at random places; RANDOM_SUMS=1000000 asks for more, and tells. */
const sums = Number(process.env['RANDOM_SUMS'] ?? 5000)
const together = 25

async function checkRandomSums(path: string, texts: readonly string[]): Promise<void> {
  const { model } = await loadModel({ source: { path } })
  const interventions = texts.map((text) => parseIntervention(text, model.config))
  const evaluator = await startEvaluator(model, { decoding: 'teacher-forced', interventions })
  const generator = mersenne(11)
  let [n, wrong, largest] = [0, 0, 0]
  while (n < sums) {
    const begin = (generator.next() >>> 0) % (groupCount(model.config.layout) - together)
    const { plain, ...found } = await evaluator.evaluate({ begin, end: begin + together }, 0)
    // Every one of them is compared.
    expect(plain.sums).toBe(found.n)
    n += found.n
    wrong += found.wrong
    largest = Math.max(largest, plain.largestMarginDifference)
  }
  await evaluator.release()
  expect(largest).toBeLessThan(4e-4)
  if (texts.length === 0 && path.startsWith('models')) expect(wrong).toBe(0)
  if (process.env['RANDOM_SUMS'] !== undefined) console.info(JSON.stringify({ path, texts, n, wrong, largest }))
}

const timeout = 600_000
const ways = [{ texts: [] }, { texts: ['H0.2:result:mean'] }]

test.each(ways)('random sums have the margins of the plain forward pass under $texts', { timeout }, ({ texts }) =>
  checkRandomSums('models/sum-4digit', texts),
)

test.skipIf(!hasReference).each(ways)(
  `and so have the published model's under $texts (${needsReference})`,
  { timeout },
  ({ texts }) => checkRandomSums(checkpointPath, texts),
)
