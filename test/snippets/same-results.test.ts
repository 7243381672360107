import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { AnalysisResult } from '../../src/analyses/analysis'
import { analysisNamed } from '../../src/analyses/analysis-named'
import { loadModel } from '../../src/engine/load-model'
import { fullProcessing } from '../../src/model/processing'
import type { MethodParams } from '../../src/contract/contract'
import { transformerLensSnippet } from '../../src/snippets/transformer-lens-snippet'
import { findCheckpoint } from '../support/installed'
import { randomModelFolder } from '../support/model-folder'
import { runAnalysis } from '../support/run-analysis'
import { describeCase, snippetCases } from './snippet-cases'

const python = process.env['PYTHON'] ?? 'python3'
const hasPeer = spawnSync(python, ['-c', 'import safetensors, transformer_lens']).status === 0

/** What Python found: tensors by shape and flat data, everything else as it is. */
type Found = Readonly<Record<string, unknown>>
interface FoundTensor {
  readonly shape: readonly number[]
  readonly data: readonly (number | null)[]
}

/** Statistics of what a snippet finds that it leaves to the reader: fits, errors and histograms are no longer about the model. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  hierarchy: ['logCosh'],
  'carry-needles': ['se', 'resultSe', 'readBy', 'histogram', 'entries'],
  'residual-circle': ['spread', 'variance', 'within', 'frequency1', 'power'],
  probe: ['auc', 'unembedAccuracy', 'singularValues'],
  // On a single token many labels are equally likely, and rounding decides between them.
  'probe-map': ['accuracy'],
  // In single precision, parts of a vector that an intervention made 0 cancel to a few thousandths.
  'layer-qk': ['closure'],
}

const raw = { centerWritingWeights: false, centerUnembed: false, foldLayerNorm: false, foldValueBiases: false }
/** No d_model of 12: where W_U is square, TransformerLens 4.3 centres it over the other axis. */
const folders = [
  randomModelFolder({ n_layers: 3, n_heads: 2, numDigits: 3, d_model: 14 }),
  randomModelFolder({ n_layers: 1, n_heads: 2, numDigits: 2, d_model: 10 }),
  randomModelFolder({ n_layers: 2, n_heads: 2, numDigits: 2, d_model: 16, normalization_type: 'LNPre' }),
]
const checkpoint = findCheckpoint()
const models: readonly MethodParams<'openModel'>[] = [
  { source: { path: resolve(import.meta.dirname, '../../models/sum-4digit') } },
  { source: { path: resolve(import.meta.dirname, '../../models/sum-3digit-mlp') } },
  { source: { path: folders[0]!.path }, processing: raw },
  { source: { path: folders[1]!.path }, processing: { ...fullProcessing, centerUnembed: false } },
  { source: { path: folders[2]!.path } },
  ...['units-first', 'start-token', 'one-digit-more'].map((layout) => ({
    source: { path: resolve(import.meta.dirname, '../fixtures/layouts', layout) },
  })),
  ...(checkpoint ? [{ source: { path: checkpoint } }] : []),
]

test.skipIf(!hasPeer)(
  'snippets find what the analyses find (needs Python with transformer_lens 2, 3 or 4 and safetensors)',
  { timeout: 1_800_000 },
  async () => {
    const expected: {
      readonly id: string
      readonly name: string
      readonly code: string
      readonly result: AnalysisResult
    }[] = []
    for (const source of models) {
      const { model, info } = await loadModel(source)
      for (const one of snippetCases(info.config).filter(({ id }) => id !== 'ov-circuit' || info.config.n_layers > 1)) {
        const result = await runAnalysis(analysisNamed(one.id), model, one.params)
        const code = transformerLensSnippet({ ...one, model: info })
        expected.push({ id: one.id, name: `${describeCase(one)} of ${info.name}`, code, result })
      }
      await model.dispose()
    }
    const { version, found } = runSnippets(expected.map(({ code }) => code))
    for (const folder of folders) folder.remove()
    const faults = expected.map(({ id, name, result }, index) =>
      differences(without(result, leftOut[id]), without(found[index]!, leftOut[id])).map(
        (fault) => `${name}: ${fault}`,
      ),
    )
    const agreeing = faults.filter((some) => some.length === 0).length
    console.log(`TransformerLens ${version}: ${agreeing} of ${faults.length} snippets agree.`)
    const wrong = faults.findIndex((some) => some.length > 0)
    expect(faults.flat(), expected[wrong]?.code).toEqual([])
  },
)

function without<T extends object>(result: T, names: readonly string[] = []): T {
  return Object.fromEntries(Object.entries(result).filter(([name]) => !names.includes(name))) as T
}

/** Rounding exchanges the ranks of values that are nearly the same: with few sums, that shows. */
const rankStep: Readonly<Record<string, number>> = { attentionAuc: 0.06, resultAuc: 0.06 }

/** All in one process: importing the library takes longer than running them. */
function runSnippets(codes: readonly string[]): { readonly version: string; readonly found: readonly Found[] } {
  const script = join(import.meta.dirname, '../peers/run_snippets.py')
  const { stdout, stderr } = spawnSync(python, [script], {
    input: JSON.stringify(codes.map((code) => ({ code }))),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  if (!stdout) throw new Error(stderr)
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as ReturnType<typeof runSnippets>
}

/** What of an analysis' result the snippet lacks or has otherwise. Its texts, such as `mode`, only repeat the parameters. */
function differences(result: AnalysisResult, found: Found): string[] {
  if (typeof found['error'] === 'string') return [found['error']]
  const known = Object.entries(result).filter(([, value]) => typeof value !== 'string')
  const invented = Object.keys(found).filter((name) => !(name in result))
  return [
    ...invented.map((name) => `${name} is not of the analysis`),
    ...known.flatMap(([name, value]) => {
      const other = found[name]
      if (other === undefined) return [`${name} is missing`]
      if (typeof value === 'number') return fault(name, [value], numbersIn(other))
      if (Array.isArray(value)) return sameList(value, other) ? [] : [`${name} is ${JSON.stringify(other)}`]
      const tensor = value as { readonly shape: readonly number[]; readonly data: ArrayLike<number> }
      if (JSON.stringify((other as FoundTensor).shape) !== JSON.stringify(tensor.shape))
        return [
          `${name} has shape ${JSON.stringify((other as FoundTensor).shape)}, not ${JSON.stringify(tensor.shape)}`,
        ]
      const magnitude = name.endsWith('hase') ? name.replace('Phase', 'Magnitude').replace('phase', 'magnitude') : null
      if (name === 'leftSingularVectors') return fault(name, ...certainColumns(tensor, numbersIn(other), result))
      if (magnitude === null) return fault(name, Array.from(tensor.data), numbersIn(other))
      return fault(
        name,
        arrows(numbersIn(result[magnitude]), tensor.data),
        arrows(numbersIn(found[magnitude]), numbersIn(other)),
      )
    }),
  ]
}

/** Float32 on both sides: a thousandth, and for large values a hundred-thousandth of the largest. Missing values must coincide. */
function fault(name: string, wanted: readonly number[], found: readonly number[]): string[] {
  const largest = wanted.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0)
  const index = wanted.findIndex((value, place) => {
    const other = found[place] ?? NaN
    return Number.isNaN(value)
      ? !Number.isNaN(other)
      : !(Math.abs(value - other) <= (rankStep[name] ?? 1e-3) + 1e-5 * largest)
  })
  return index < 0 ? [] : [`${name}[${index}] is ${found[index]}, not ${wanted[index]}`]
}

/** The points at the ends of arrows: the direction of one without length does not matter. */
function arrows(magnitude: ArrayLike<number>, phase: ArrayLike<number>): number[] {
  return Array.from(phase).flatMap((angle, index) => [
    magnitude[index]! * Math.cos(angle),
    magnitude[index]! * Math.sin(angle),
  ])
}

/** Those singular vectors, the columns, that are not arbitrary because their singular value is 0. */
function certainColumns(
  { shape, data }: { readonly shape: readonly number[]; readonly data: ArrayLike<number> },
  found: readonly number[],
  result: AnalysisResult,
): [number[], number[]] {
  const values = numbersIn(result['singularValues'])
  const isCertain = (_: unknown, index: number) => values[index % shape[1]!]! > 1e-3 * values[0]!
  return [Array.from(data).filter(isCertain), found.filter(isCertain)]
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return Array.from((value as FoundTensor).data, (entry) => entry ?? NaN)
}

/** Lists of texts, in any order of the parameters' names; a list of row numbers may have come as a tensor. */
function sameList(wanted: readonly string[], found: unknown): boolean {
  const other = Array.isArray(found) ? (found as unknown[]).map(String) : numbersIn(found).map(String)
  return JSON.stringify(wanted.toSorted()) === JSON.stringify(other.toSorted())
}
