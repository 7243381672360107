import { axis, numberedAxis, tensorOver } from '../../core/axis'
import { realFourier } from '../../core/fourier'
import { fourierBasis } from '../../core/fourier-basis'
import { matmul, matrix, rowNorms, transpose, type Matrix } from '../../core/matrix'
import { singularValues } from '../../core/singular-values'
import { lowerMedian } from '../../core/statistics'
import { logitLabels } from '../../core/tokens'
import { defineAnalysis } from '../analysis'
import { logitCount, parameter, type WeightedModel } from '../parts/logit-map'

/** A row of W_U counts as significant if its norm is more than this many times the median row's. */
const significance = 5

/**
 * How W_U reads the digits off the residual stream: its rows as waves over the ten digits, its Gram matrix, its singular
 * vectors, and what is left of it if only the wave of frequency 1 is kept. Vectors of singular values near 0 are arbitrary.
 */
export const unembedding = defineAnalysis({
  id: 'unembedding',
  question: 'How does the unembedding read digits off the residual stream?',
  definition:
    'W_U over the ten digits; Fourier transforms over the digits (frequencies 0 to 5, as torch.fft.rfft) of its rows and of ' +
    'gram = W_U.T @ W_U; singular vectors with their largest entry positive; digitProjections = W_U.T @ leftSingularVectors; ' +
    'reconstruction from frequency 1 alone; significantDims: rows whose norm is above significantNorm, 5 times the median.',
  about: 'weights',
  parameters: {},
  async run({ model }) {
    const W_U = digitColumns(model)
    const gram = matmul(transpose(W_U), W_U)
    const { values, leftVectors } = singularValues(W_U)
    const basis = fourierBasis(logitCount)
    const fourier = matmul(W_U, transpose(basis.waves))
    const norms = rowNorms(W_U)
    const significantNorm = significance * lowerMedian(norms)
    const rowWaves = realFourier(W_U.data, logitCount)
    const gramWaves = realFourier(gram.data, logitCount)
    const d_model = axis('d_model', W_U.rows)
    const logit = axis('logit', logitLabels)
    const freq = numberedAxis('freq', logitCount / 2 + 1)
    const wave = axis('component', basis.names)
    const singular = numberedAxis('component', values.length)
    return {
      W_U: tensorOver([d_model, logit], W_U.data),
      fftMagnitude: tensorOver([d_model, freq], rowWaves.magnitude),
      fftPhase: tensorOver([d_model, freq], rowWaves.phase, 'radians'),
      gram: tensorOver([logit, logit], gram.data),
      gramFftMagnitude: tensorOver([logit, freq], gramWaves.magnitude),
      gramFftPhase: tensorOver([logit, freq], gramWaves.phase, 'radians'),
      singularValues: tensorOver([singular], values),
      leftSingularVectors: tensorOver([d_model, singular], leftVectors.data),
      digitProjections: tensorOver([logit, singular], matmul(transpose(W_U), leftVectors).data),
      fourierBasis: tensorOver([wave, logit], basis.waves.data),
      fourier: tensorOver([d_model, wave], fourier.data),
      reconstruction: tensorOver([d_model, logit], firstWaveOnly(fourier, basis.waves).data),
      rowNorms: tensorOver([d_model], norms),
      significantNorm,
      significantDims: Array.from(norms).flatMap((norm, row) => (norm > significantNorm ? [String(row)] : [])),
    }
  },
})

/** The columns of W_U that stand for digits. */
function digitColumns(model: WeightedModel): Matrix {
  const { d_model, d_vocab } = model.config
  const W_U = parameter(model, 'unembed.W_U')
  const entries = Array.from({ length: d_model }, (_, row) =>
    Array.from({ length: logitCount }, (_, logit) => W_U[row * d_vocab + logit]!),
  )
  return matrix(d_model, logitCount, entries.flat())
}

/** What is left of the rows if only the cosine and sine of frequency 1, components 1 and 2 of the basis, are kept. */
function firstWaveOnly(coefficients: Matrix, waves: Matrix): Matrix {
  const kept = coefficients.data.map((entry, index) => ([1, 2].includes(index % coefficients.columns) ? entry : 0))
  return matmul({ ...coefficients, data: kept }, waves)
}
