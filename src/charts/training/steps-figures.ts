import { layerHeadLabels } from '../../core/heads'
import { decimalText, lossText } from '../drawing/number-text'
import type { AnyFigure } from '../figure'
import { curvesOf, defineStepsFigure } from './over-steps'
import { linearScale, lossScale, percentScale } from './scales'

const states = 'at every checkpoint of the training; the sums are the same throughout'
/** Of a matrix over d_model as many as say something. */
const mostValues = 6

/** Figures over the checkpoints of a training, for a report of one that has them. */
export const stepsFigures: readonly AnyFigure[] = [
  defineStepsFigure({
    id: 'loss-over-steps',
    title: 'Loss of each digit',
    analysis: 'performance',
    about: 'dataset',
    definition: {
      formula: 'mean negative log-likelihood of the right digit over all outputs',
      hook: 'logits',
      over: states,
      layerNorm: 'as the model runs',
      unit: 'nats',
    },
    curves: ({ lossPerDigit }) => curvesOf(lossPerDigit, (digit) => lossPerDigit.labels.digit![digit]!),
    scaleOf: lossScale,
    textOf: lossText,
  }),
  defineStepsFigure({
    id: 'right-over-steps',
    title: 'Right answers',
    analysis: 'performance',
    about: 'dataset',
    definition: {
      formula: 'share of sums with every digit right, and of digits that are right',
      hook: 'logits',
      over: states,
      layerNorm: 'as the model runs',
      unit: '%',
    },
    curves: ({ exactMatch, tokenAccuracy }) =>
      [curvesOf(exactMatch, () => 'sums'), curvesOf(tokenAccuracy, () => 'digits')].flat().map((curve, index) => ({
        ...curve,
        rank: index === 0 ? 1 : 0.4,
        points: curve.points.map(({ step, value }) => ({ step, value: 100 * value })),
      })),
    scaleOf: () => percentScale,
    textOf: (value) => `${decimalText(value, 1)} %`,
  }),
  defineStepsFigure({
    id: 'heads-over-steps',
    title: 'Which heads matter',
    analysis: 'head-ablation',
    about: 'dataset',
    definition: {
      formula: 'loss with the head mean-ablated, less the clean loss',
      hook: 'blocks.*.attn.hook_result',
      over: states,
      layerNorm: 'recomputed on the ablated stream',
      unit: 'nats',
    },
    curves: ({ lossDiff }) => {
      const [, layers, heads] = lossDiff.shape as [number, number, number]
      const names = Array.from({ length: layers }, (_, layer) => layerHeadLabels(layer, heads)).flat()
      return curvesOf(lossDiff, (head) => names[head]!)
    },
    scaleOf: linearScale,
    textOf: lossText,
  }),
  defineStepsFigure({
    id: 'singular-values-over-steps',
    title: 'Singular values of W_U',
    analysis: 'unembedding',
    about: 'weights',
    definition: {
      formula: `the ${mostValues} largest singular values of W_U over the ten digits`,
      hook: 'unembed.W_U',
      over: 'at every checkpoint of the training',
      layerNorm: 'ln_final folded in',
      unit: 'none',
    },
    curves: ({ singularValues }) => curvesOf(singularValues, (index) => `number ${index + 1}`, mostValues),
    scaleOf: linearScale,
    textOf: (value) => decimalText(value, 2),
  }),
]
