import { expect, test } from 'vitest'
import { unembedding } from '../../../src/analyses/weights/unembedding'
import { matmul, matrix, transpose, type Matrix } from '../../../src/core/matrix'
import type { AnalysisResult } from '../../../src/analyses/analysis'
import { largestDifference } from '../../support/compare'
import { randomModel } from '../../support/random-model'
import { hasReference, needsReference, publishedModel, readReference } from '../../support/reference-data'
import { dataIn, entry, runAnalysis, tensorIn } from '../../support/run-analysis'

function matrixIn(result: AnalysisResult, name: string): Matrix {
  const { shape, data } = tensorIn(result, name)
  return matrix(shape[0]!, shape[1]!, data)
}

test('both bases give W_U back, and its Gram matrix is that of its projections', async () => {
  const result = await runAnalysis(unembedding, randomModel())
  const W_U = matrixIn(result, 'W_U')
  const basis = matrixIn(result, 'fourierBasis')
  const identity = Array.from({ length: 100 }, (_, index) => (index % 11 === 0 ? 1 : 0))
  expect(largestDifference(matmul(basis, transpose(basis)).data, identity)).toBeLessThan(1e-12)
  expect(largestDifference(matmul(matrixIn(result, 'fourier'), basis).data, W_U.data)).toBeLessThan(1e-12)
  const projections = matrixIn(result, 'digitProjections')
  const gram = matmul(projections, transpose(projections))
  expect(largestDifference(gram.data, dataIn(result, 'gram'))).toBeLessThan(1e-10)
  const lengths = dataIn(result, 'singularValues').map((value) => value ** 2)
  const squares = dataIn(result, 'W_U').map((value) => value ** 2)
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
  expect(total(lengths)).toBeCloseTo(total(squares), 9)
})

test('the reconstruction is a wave of frequency 1 as large as W_U’s', async () => {
  const result = await runAnalysis(unembedding, randomModel())
  const waves = (row: number) => entry(tensorIn(result, 'fftMagnitude'), row, 1) * Math.sqrt(2 / 10)
  const rebuilt = tensorIn(result, 'reconstruction')
  for (let row = 0; row < 12; row++) {
    const values = Array.from({ length: 10 }, (_, logit) => entry(rebuilt, row, logit))
    expect(Math.hypot(...values)).toBeCloseTo(waves(row), 10)
    values.forEach((value, logit) => expect(value).toBeCloseTo(-values[(logit + 5) % 10]!, 10))
  }
})

interface Figure {
  readonly traces: readonly { x: number[]; y: number[]; z: number[][]; r: number[]; theta: number[]; text: string[] }[]
}

test.skipIf(!hasReference)(`the published figures 9 to 15 and 43 (${needsReference})`, async () => {
  const result = await runAnalysis(unembedding, publishedModel())
  const figure = (name: string) => (readReference(`notebook/${name}.json`) as Figure).traces
  const close = (found: ArrayLike<number>, saved: readonly number[], name: string) =>
    expect(largestDifference(Array.from(found), saved), name).toBeLessThan(1e-4)
  const significant = result['significantDims'] as readonly string[]
  const rows = (name: string, column?: number) =>
    significant.flatMap((row) => {
      const values = tensorIn(result, name).data.slice(Number(row) * 6, Number(row) * 6 + 6)
      return column === undefined ? [...values] : [values[column]!]
    })
  const column = (name: string, index: number) =>
    dataIn(result, name).filter((_, place) => place % tensorIn(result, name).shape[1]! === index)

  close(dataIn(result, 'W_U'), figure('cell09_fig0')[0]!.z.flat(), 'W_U')
  expect(significant.map((row) => `dim_${row}`)).toEqual(figure('cell11_fig0')[0]!.text)
  close(rows('fftMagnitude'), figure('cell10_fig0')[0]!.z.flat(), 'magnitudes')
  close(rows('fftMagnitude', 1), figure('cell11_fig0')[0]!.r, 'radii')
  close(rows('fftPhase', 1), figure('cell11_fig0')[0]!.theta, 'phases')
  close(dataIn(result, 'gram'), figure('cell12_fig0')[0]!.z.flat(), 'gram')
  close(column('gramFftMagnitude', 1), figure('cell13_fig0')[0]!.r, 'gram radii')
  close(column('gramFftPhase', 1), figure('cell13_fig0')[0]!.theta, 'gram phases')
  close(dataIn(result, 'singularValues'), figure('cell14_fig0')[0]!.y, 'singular values')
  close(column('leftSingularVectors', 0), figure('cell14_fig1')[0]!.y, 'first direction')
  close(column('leftSingularVectors', 1), figure('cell14_fig1')[1]!.y, 'second direction')
  close(column('digitProjections', 0), figure('cell15_fig0')[0]!.x, 'first projections')
  close(column('digitProjections', 1), figure('cell15_fig0')[0]!.y, 'second projections')
  close(dataIn(result, 'reconstruction'), figure('cell43_fig0')[0]!.z.flat(), 'reconstruction')
})
