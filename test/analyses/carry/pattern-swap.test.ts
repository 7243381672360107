import { expect, test } from 'vitest'
import { patternSwap } from '../../../src/analyses/carry/pattern-swap'
import { performance } from '../../../src/analyses/sums/performance'
import { digitPredictedAt } from '../../../src/core/positions'
import { tensor } from '../../../src/core/tensor'
import { answerDigitsOf, sumsOf } from '../../../src/core/tokens'
import { runAs } from '../../../src/model/model'
import { ReferenceModel } from '../../../src/model/reference-model'
import { randomModel } from '../../support/random-model'
import { dataIn, numberIn, runAnalysis } from '../../support/run-analysis'

const dataset = { size: 150, seed: 4 }

/** The attention of a model holds one number, `held` of a sum and a digit; what it says is right where that came from the like. */
function holding(held: (digit: number, right: number, sum: { a: number; b: number }) => number) {
  const model = randomModel()
  const { layout, d_vocab, n_heads, n_ctx } = model.config
  return runAs(model, (tokens, { outputs, positions = [], edits = [] }) => {
    const sums = sumsOf(tokens, layout)
    const numbers = sums.map((sum) =>
      positions.map((position) => {
        const digit = digitPredictedAt(position, layout)!
        return held(digit, answerDigitsOf(sum, layout)[digit]!, sum)
      }),
    )
    const shape = [sums.length, n_heads, positions.length, n_ctx]
    const pattern = new Float64Array(shape.reduce((product, extent) => product * extent, 1))
    const at = (example: number, row: number) => (example * n_heads * positions.length + row) * n_ctx
    numbers.forEach((row, example) => row.forEach((number, query) => (pattern[at(example, query)] = number)))
    const used = edits[0]?.value.data ?? pattern
    const logits = new Float64Array(sums.length * positions.length * d_vocab)
    numbers.forEach((row, example) =>
      row.forEach((number, query) => {
        const right = answerDigitsOf(sums[example]!, layout)[digitPredictedAt(positions[query]!, layout)!]!
        const said = used[at(example, query)] === number ? right : (right + 1) % 10
        logits[(example * positions.length + query) * d_vocab + said] = 1
      }),
    )
    return Promise.resolve(
      new Map([
        [
          outputs[0]!,
          outputs[0] === 'logits'
            ? tensor(['example', 'position', 'vocab'], [sums.length, positions.length, d_vocab], logits)
            : tensor(['example', 'head', 'query', 'key'], shape, pattern),
        ],
      ]),
    )
  })
}

test('attention that holds the digit may come from any sum with that digit', async () => {
  const result = await runAnalysis(
    patternSwap,
    holding((_, right) => right),
    { dataset },
  )
  expect(dataIn(result, 'accuracy')).toEqual(new Array(8).fill(1))
})

test('attention that holds the column’s sum may come from the same sum and carry, and not from the same digit', async () => {
  const columnSum = (digit: number, _: number, { a, b }: { a: number; b: number }) => {
    const place = 10 ** (3 - digit)
    return (Math.floor(a / place) % 10) + (Math.floor(b / place) % 10) + ((a % place) + (b % place) >= place ? 100 : 0)
  }
  const result = await runAnalysis(patternSwap, holding(columnSum), { dataset })
  const accuracy = dataIn(result, 'accuracy')
  expect(accuracy.slice(4)).toEqual([1, 1, 1, 1])
  for (const share of accuracy.slice(0, 4)) expect(share).toBeLessThan(0.9)
})

test('a model that looks at positions alone loses nothing by it', async () => {
  const { config, weights, name, sha256 } = randomModel()
  const withoutQueries = new Map(
    Array.from(weights, ([key, values]) =>
      /[Wb]_Q$/.test(key) ? [key, { ...values, data: values.data.map(() => 0) }] : [key, values],
    ),
  )
  const model = new ReferenceModel({ config, weights: withoutQueries, name, sha256 })
  const result = await runAnalysis(patternSwap, model, { dataset })
  const [n, accuracy] = [dataIn(result, 'n').slice(0, 4), dataIn(result, 'accuracy').slice(0, 4)]
  expect(n).toEqual(new Array(4).fill(dataset.size))
  const mean = accuracy.reduce((sum, share) => sum + share, 0) / 4
  expect(mean).toBeCloseTo(numberIn(await runAnalysis(performance, model, { dataset }), 'tokenAccuracy'), 12)
})
