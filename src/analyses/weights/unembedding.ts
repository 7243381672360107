import { realFourier } from '../../core/fourier'
import { fourierBasis } from '../../core/fourier-basis'
import { matmul, matrix, rowNorms, transpose, type Matrix } from '../../core/matrix'
import { singularValues } from '../../core/singular-values'
import { lowerMedian } from '../../core/statistics'
import { tensor, type Tensor } from '../../core/tensor'
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
    const axes: Axes = {
      logit: logitLabels,
      freq: Array.from({ length: logitCount / 2 + 1 }, (_, frequency) => String(frequency)),
      component: basis.names,
    }
    const rowWaves = realFourier(W_U.data, logitCount)
    const gramWaves = realFourier(gram.data, logitCount)
    const singular = { component: Array.from(values, (_, component) => String(component)) }
    return {
      W_U: labelled(['d_model', 'logit'], W_U, axes),
      fftMagnitude: labelled(['d_model', 'freq'], table(rowWaves.magnitude, W_U.rows), axes),
      fftPhase: labelled(['d_model', 'freq'], table(rowWaves.phase, W_U.rows), axes, 'radians'),
      gram: labelled(['logit', 'logit'], gram, axes),
      gramFftMagnitude: labelled(['logit', 'freq'], table(gramWaves.magnitude, logitCount), axes),
      gramFftPhase: labelled(['logit', 'freq'], table(gramWaves.phase, logitCount), axes, 'radians'),
      singularValues: tensor(['component'], [values.length], values, { labels: singular }),
      leftSingularVectors: labelled(['d_model', 'component'], leftVectors, singular),
      digitProjections: labelled(['logit', 'component'], matmul(transpose(W_U), leftVectors), { ...axes, ...singular }),
      fourierBasis: labelled(['component', 'logit'], basis.waves, axes),
      fourier: labelled(['d_model', 'component'], fourier, axes),
      reconstruction: labelled(['d_model', 'logit'], firstWaveOnly(fourier, basis.waves), axes),
      rowNorms: tensor(['d_model'], [norms.length], norms),
      significantNorm,
      significantDims: Array.from(norms).flatMap((norm, row) => (norm > significantNorm ? [String(row)] : [])),
    }
  },
})

type Axes = Readonly<Record<string, readonly string[]>>

function labelled<const D extends readonly string[]>(
  dims: D,
  { rows, columns, data }: Matrix,
  axes: Axes,
  unit?: string,
): Tensor<D> {
  const labels = Object.fromEntries(Object.entries(axes).filter(([dim]) => dims.includes(dim))) as Partial<
    Record<D[number], readonly string[]>
  >
  return tensor(dims, [rows, columns], data, unit === undefined ? { labels } : { labels, unit })
}

function table(data: Float64Array, rows: number): Matrix {
  return { rows, columns: data.length / rows, data }
}

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
