import { analyses, type AnalysisId, type AnalysisParams } from '../../src/analyses/registry'
import type { ModelConfig } from '../../src/model/config'
import type { Intervention } from '../../src/model/intervention'
import { answerPosition } from '../../src/core/positions'

/** A snippet to make: an analysis and its parameters. */
export interface SnippetCase {
  readonly id: AnalysisId
  readonly params: AnalysisParams
}

/** Analyses with a parameter. */
function having(name: keyof AnalysisParams): readonly AnalysisId[] {
  return analyses.filter(({ parameters }) => name in parameters).map(({ id }) => id)
}

/** Every analysis as it comes, and with whatever parameters change what is computed; small data sets throughout. */
export function snippetCases(config: ModelConfig): SnippetCase[] {
  const { layout, n_heads, n_layers } = config
  const numDigits = layout.operandDigits
  const sum = { a: Number('296812'.slice(0, numDigits)), b: Number('160645'.slice(0, numDigits)) }
  const donor = { a: 12, b: 39 }
  const last = n_layers - 1
  const first = answerPosition(0, layout)
  const two: readonly Intervention[] = [
    { site: 'q', layer: 0, head: n_heads - 1, positions: 'all', mode: 'mean' },
    { site: 'result', layer: 0, head: 0, positions: [first, first + 1], mode: 'patch', donor },
  ]
  const many: readonly Intervention[] = [
    { site: 'v', layer: last, head: 0, positions: 'all', mode: 'resample', seed: 7 },
    { site: 'resid_pre', layer: last, positions: [1, first + 1], mode: 'mean' },
    { site: 'resid_pre', layer: 0, positions: [2], mode: 'zero' },
    { site: 'pattern', layer: last, head: n_heads - 1, positions: [first], mode: 'mean' },
    { site: 'z', layer: last, head: n_heads - 1, positions: [first], mode: 'zero' },
    { site: 'k', layer: 0, head: 0, positions: 'all', mode: 'resample' },
  ]
  const dataset = { size: 40, seed: 3 }
  const [published, intervened] = [having('definition'), having('interventions')]
  const aboutOf = (id: AnalysisId) => analyses.find((analysis) => analysis.id === id)!.about
  const base = (id: AnalysisId): AnalysisParams => {
    if (aboutOf(id) === 'weights') return {}
    return aboutOf(id) === 'sum' ? { sum, dataset } : { dataset }
  }
  const of = (id: AnalysisId, params: AnalysisParams = {}): SnippetCase => ({ id, params: { ...base(id), ...params } })
  const overDatasets = intervened.filter((id) => aboutOf(id) === 'dataset')
  const pattern = `K${'*'.repeat(layout.answerDigits - 2)}G`
  return [
    ...analyses.map(({ id }) => of(id)),
    ...published.map((id) => of(id, { definition: 'notebook' })),
    ...intervened.flatMap((id) => [of(id, { interventions: two }), of(id, { interventions: many })]),
    ...published
      .filter((id) => intervened.includes(id))
      .map((id) => of(id, { definition: 'notebook', interventions: many })),
    ...having('subset').map((id) => of(id, { subset: 'carries' })),
    ...overDatasets.map((id) => of(id, { subset: pattern, meanOver: 'all', interventions: two })),
    // Without carries, a digit more than the operands have is always 0.
    ...overDatasets.map((id) =>
      of(id, { subset: 'non-carries', interventions: many, ...(id === 'probe' && { target: 'digit:C1' }) }),
    ),
    of('performance', { subset: 'carries', meanOver: 'reference', interventions: two }),
    ...(['zero', 'resample'] as const).flatMap((mode) => [
      of('head-ablation', { mode }),
      of('qkv-ablation', { mode, subset: 'carries' }),
      of('position-ablation', { mode, side: 'read', interventions: two }),
    ]),
    ...transplants(config).map((params) => of('transplant', params)),
    ...['carryIn:C0', `class:${layout.answerDigits - 1}`, 'sum:1', 'digit:A1'].map((target) => of('probe', { target })),
    of('probe', { hook: 'blocks.0.attn.hook_z', position: `B${numDigits - 1}` }),
    of('residual-circle', { examples: 7 }),
    of('interaction', { mode: 'zero' }),
    of('performance', { examples: 7 }),
    of('path-dla-batch', { examples: 7, interventions: two }),
    of('weights', { tensors: ['W_E', 'W_Q', 'unembed.b_U'] }),
  ]
}

/** Every kind of transplant, hypothesis and way through the last layer. */
function transplants({ layout, n_layers, n_heads }: ModelConfig): AnalysisParams[] {
  const right = layout.operandDigits - 1
  const last = layout.answerDigits - 1
  const at = [`H0.0@B${right}`, `H0.${n_heads - 1}@=`]
  const first: AnalysisParams[] = [
    { at, moves: ['carry:C0', `class:${last}`], of: 'pattern' },
    { at, moves: [`class:${last}@C0`], binary: true, of: 'v' },
    { at: [`H${n_layers - 1}.0@=`], moves: [`sum:${last}`], of: 'q', examples: 7 },
  ]
  if (n_layers === 1) return first
  return [...first, ...['k', `pattern+v@H${n_layers - 1}.0`, 'direct', 'q+direct'].map((via) => ({ at, via }))]
}

export function describeCase({ id, params }: SnippetCase): string {
  return `${id} ${JSON.stringify(params)}`
}
