import { layerHeadLabels } from '../../core/heads'
import { fitLogCosh } from '../../core/log-cosh-fit'
import { axis, tensorOver } from '../../core/axis'
import { digitLabels, operandPosition, plusPosition } from '../../core/positions'
import { sizeOf } from '../../core/tensor'
import { logitLabels } from '../../core/tokens'
import type { ModelConfig } from '../../model/config'
import { defineAnalysis } from '../analysis'
import { ofSums } from '../parameters'
import { positionAxis } from '../parts/axes'
import { agreementWith, shareOfA } from '../parts/digit-race'
import { meanReadings, tokenReadings } from '../parts/first-layer-readings'

const fitParameters = ['beta', 'centre', 'r2'] as const

/**
 * Which digit of a column a first-layer query would rather look at. Where one attention step decides the carry, the winner is 5
 * or more just where the column adds up to 10. Masked columns are NaN; their attention is 0.
 */
export const hierarchy = defineAnalysis({
  id: 'hierarchy',
  question: 'In which order does a first-layer head prefer the digits of a column?',
  definition:
    'scoreA, scoreB: mean hook_q of layer 0 at the position (clean, over the sums) times the key of a digit at A or B of the ' +
    'column, computed with that digit’s own ln1 scale, / sqrt(d_head). shareA: softmax of the two. agreement: share of the 100 ' +
    'pairs where the winner is 5 or more just when a + b is 10 or more (agreementNine: 9 or more). attention: mean hook_pattern ' +
    'to both digits. logCosh: fit of score = log cosh(beta (d - centre)) + c.',
  about: 'dataset',
  parameters: ofSums,
  async run(context, params) {
    const { model } = context
    const { config } = model
    const readings = await tokenReadings(model)
    return meanReadings(context, params, readings, ({ sums, query, pattern }) => {
      const score = scoresOf(config, query, readings.key)
      return { n: sums, ...racesOf(config, score), attention: attentionTo(config, pattern) }
    })
  },
})

/** The score that the mean query at a position gives a digit at another one; NaN where that is later. */
type Score = (head: number, query: number, position: number, digit: number) => number

/** `query` is [position, head, d_head], `keys` [token, position, head, d_head]. */
function scoresOf({ n_ctx, n_heads, d_head }: ModelConfig, query: ArrayLike<number>, keys: ArrayLike<number>): Score {
  return (head, position, keyPosition, digit) => {
    if (keyPosition > position) return NaN
    const from = (position * n_heads + head) * d_head
    const to = ((digit * n_ctx + keyPosition) * n_heads + head) * d_head
    let score = 0
    for (let index = 0; index < d_head; index++) score += query[from + index]! * keys[to + index]!
    return score / Math.sqrt(d_head)
  }
}

function racesOf(config: ModelConfig, score: Score) {
  const { n_heads, n_ctx, layout } = config
  const digits = logitLabels.map((_, digit) => digit)
  const axes = racesAxes(config)
  const share = new Float64Array(100 * sizeOf(axes.map(({ extent }) => extent)))
  const all = { A: [] as number[], B: [] as number[], ten: [] as number[], nine: [] as number[] }
  const fits: number[] = []
  for (let head = 0; head < n_heads; head++)
    for (let query = 0; query < n_ctx; query++)
      for (let column = 0; column < layout.operandDigits; column++) {
        const A = digits.map((digit) => score(head, query, operandPosition(layout) + column, digit))
        const B = digits.map((digit) => score(head, query, plusPosition(layout) + 1 + column, digit))
        all.A.push(...A)
        all.B.push(...B)
        share.set(shareOfA(A, B), 100 * all.ten.length)
        all.ten.push(agreementWith(A, B, 10))
        all.nine.push(agreementWith(A, B, 9))
        const { beta, centre, r2 } = fitLogCosh([A, B])
        fits.push(beta, centre, r2)
      }
  const perDigit = [...axes, axis('digitValue', logitLabels)] as const
  return {
    scoreA: tensorOver(perDigit, all.A),
    scoreB: tensorOver(perDigit, all.B),
    shareA: tensorOver([...axes, axis('a', logitLabels), axis('b', logitLabels)], share, 'probability'),
    agreement: tensorOver(axes, all.ten, 'share'),
    agreementNine: tensorOver(axes, all.nine, 'share'),
    logCosh: tensorOver([...axes, axis('parameter', fitParameters)], fits),
  }
}

/** `pattern` is the mean [head, query, key]. */
function attentionTo(config: ModelConfig, pattern: ArrayLike<number>) {
  const { n_heads, n_ctx, layout } = config
  const data = new Float64Array(n_heads * n_ctx * layout.operandDigits)
  for (let row = 0; row < n_heads * n_ctx; row++)
    for (let column = 0; column < layout.operandDigits; column++) {
      const [a, b] = [operandPosition(layout) + column, plusPosition(layout) + 1 + column]
      data[row * layout.operandDigits + column] = pattern[row * n_ctx + a]! + pattern[row * n_ctx + b]!
    }
  return tensorOver(racesAxes(config), data, 'probability')
}

function racesAxes({ n_heads, layout }: ModelConfig) {
  return [
    axis('head', layerHeadLabels(0, n_heads)),
    positionAxis('query', layout),
    axis('column', digitLabels(layout.operandDigits)),
  ] as const
}
