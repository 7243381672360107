import { columnsOf } from '../../src/core/columns'
import { headLabels } from '../../src/core/heads'
import { digitLabels } from '../../src/core/positions'
import { digitsOf } from '../../src/core/tokens'
import { contextLength, publishedLayout, symbolTexts, type TaskLayout } from '../../src/core/task-layout'
import { tensor } from '../../src/core/tensor'
import { EngineFailure } from '../../src/contract/failure'
import { addsCudaToClone } from '../../src/contract/provider-remedy'
import type { ProvidersReport } from '../../src/contract/providers-report'
import type { RunProgress, RunRecord } from '../../src/contract/training'
import type { AnalysisResult } from '../../src/analyses/analysis'
import type { ResultOf } from '../../src/analyses/registry'
import type {
  EngineClient,
  EngineStatus,
  Method,
  ModelInfo,
  MethodParams,
  MethodResult,
  RunView,
} from '../../src/contract/contract'

/** A model that exists only for the window's tests. */
export function fakeModel(
  shape: { n_layers?: number; n_heads?: number; numDigits?: number; layout?: TaskLayout; d_mlp?: number } = {},
): ModelInfo {
  const { n_layers = 2, n_heads = 3, numDigits = 4, layout = publishedLayout(numDigits), d_mlp } = shape
  return {
    name: 'fake',
    sha256: '0'.repeat(64),
    path: '/models/fake.pt',
    config: {
      n_layers,
      n_heads,
      layout,
      d_model: 48,
      d_head: 24,
      d_vocab: 12,
      n_ctx: contextLength(layout),
      normalization_type: 'LNPre',
      eps: 1e-5,
      ...(d_mlp !== undefined && { d_mlp, act_fn: 'gelu' as const }),
    },
    processing: { centerWritingWeights: true, centerUnembed: true, foldLayerNorm: true, foldValueBiases: true },
    stored: { path: '/models/fake.pt', within: [], prefix: '', isNative: false, normalization_type: 'LN' },
    notices: [],
    reference: { size: 1000, seed: 42, sha256: 'd372f534'.repeat(8) },
  }
}

const fakeStatus = (model: ModelInfo): EngineStatus => ({
  provider: 'cpu',
  device: 'fake CPU',
  machine: 'fake',
  pid: 1,
  rssBytes: 0,
  model,
})

/** Where a graphics processor is faster in sweeps only, and CUDA is missing. */
export const fakeProviders: ProvidersReport = {
  trials: [
    { provider: 'cpu', maxDifference: 0, liveMs: 0.21, sweepSums: 256, sumsPerSecond: 40_000 },
    { provider: 'cuda', failure: 'its library is not installed' },
    { provider: 'webgpu', maxDifference: 2e-6, liveMs: 1.5, sweepSums: 256, sumsPerSecond: 500_000 },
  ],
  setting: 'auto',
  used: { live: 'cpu', sweep: 'webgpu' },
  notices: ['The execution provider "cuda" is not used: its library is not installed.'],
  place: { platform: 'linux', addsCuda: addsCudaToClone },
}

/** Of a run that nothing trains. */
const idleRun: RunProgress = {
  path: '',
  state: 'idle',
  step: 0,
  steps: 0,
  checkpoint: 0,
  secondsLeft: null,
  sentence: null,
}

type Call = { readonly method: Method; readonly params: unknown }

/**
 * Answers in the contract's form without computing: the clean run is always right, and each cut of a result makes one
 * more digit wrong, from the left. Remembers every call.
 */
export class FakeEngine implements EngineClient {
  readonly calls: Call[] = []
  /** The run that lies in every folder; null for none. */
  run: RunRecord | null = null
  runProgress: RunProgress | null = null

  constructor(readonly model: ModelInfo = fakeModel()) {}

  async call<M extends Method>(method: M, params: MethodParams<M>): Promise<MethodResult<M>> {
    this.calls.push({ method, params })
    return this.#answer(method, params) as MethodResult<M>
  }

  #answer(method: Method, params: unknown): unknown {
    if (method === 'openModel') return this.model
    if (method === 'status') return fakeStatus(this.model)
    if (method === 'providers') return fakeProviders
    if (method === 'knownModels') return { recent: [], bundled: [] }
    if (method === 'listModels') return { folder: '/models', paths: [], more: 0 }
    if (method === 'runs') return { begun: [], paths: [], place: '/runs/run-2' }
    if (method === 'readRun') return this.#readRun()
    if (method === 'run') return this.runProgress ?? { ...idleRun, ...(params as MethodParams<'run'>) }
    // Of checkpoints it tells what they answer to a sum, and no more.
    if (method === 'analyze' && (params as MethodParams<'analyze'>).of) return new Promise(() => {})
    if (method === 'analyze') return this.#analysis(params as MethodParams<'analyze'>)
    const { sum, interventions, preview } = params as MethodParams<'explore'>
    const run = (cuts: number) => this.#run(sum, cuts)
    return {
      clean: run(0),
      now: run(interventions.length),
      ...(preview ? { preview: run(interventions.length + preview.length) } : {}),
      engineMs: 0.25,
    }
  }

  #readRun(): RunRecord {
    if (this.run) return this.run
    throw new EngineFailure('bad-input', '"/models" has no checkpoints: name the folder of a training.')
  }

  #run(sum: { a: number; b: number }, cuts: number): RunView {
    const { layout, n_layers, n_heads, n_ctx } = this.model.config
    const numDigits = layout.answerDigits
    const { carryIn } = columnsOf(sum, layout)
    const truth = digitsOf(sum.a + sum.b, numDigits)
    const predicted = truth.map((digit, index) => (index < cuts ? (digit + 7) % 10 : digit))
    const logits = new Float64Array(numDigits * 12)
    const probs = new Float64Array(numDigits * 12).fill(0.002)
    const labels = { vocab: symbolTexts }
    predicted.forEach((digit, index) => {
      probs[index * 12 + digit] = carryIn[index] ? 0.95 : 0.978
      for (let output = 0; output < 12; output++) logits[index * 12 + output] = Math.log(probs[index * 12 + output]!)
    })
    const pattern = new Float32Array(n_layers * n_heads * n_ctx * n_ctx).fill(NaN)
    for (let head = 0; head < n_layers * n_heads; head++)
      for (let query = 0; query < n_ctx; query++)
        for (let key = 0; key <= query; key++)
          pattern[(head * n_ctx + query) * n_ctx + key] = key === Math.max(query - head, 0) ? 0.7 : 0.3 / (query + 1)
    const dims = ['layer', 'head', 'query', 'key'] as const
    const components = ['embed', 'pos_embed', ...headLabels(n_layers, n_heads), 'b_O', 'b_U']
    const dla = tensor(
      ['component', 'digit', 'logit'],
      [components.length, numDigits, 10],
      Float64Array.from({ length: components.length * numDigits * 10 }, (_, index) => Math.sin(index) * 20),
      { labels: { component: components } },
    )
    return {
      logits: tensor(['digit', 'vocab'], [numDigits, 12], logits, { labels }),
      probs: tensor(['digit', 'vocab'], [numDigits, 12], probs, { labels }),
      predicted,
      pattern: tensor(dims, [n_layers, n_heads, n_ctx, n_ctx], pattern),
      scores: tensor(dims, [n_layers, n_heads, n_ctx, n_ctx], pattern),
      dla,
      pathDla: dla,
      circle: tensor(
        ['stage', 'digit', 'component'],
        [n_layers + 1, layout.answerDigits, 2],
        new Float32Array((n_layers + 1) * layout.answerDigits * 2),
      ),
      closure: 1e-6,
      pathClosure: 1e-6,
    }
  }

  #analysis({ id, params }: MethodParams<'analyze'>): AnalysisResult {
    const cuts = params.interventions?.length ?? 0
    if (id === 'performance')
      return { loss: 0.0067 + cuts, exactMatch: 1 / (1 + cuts) } satisfies Partial<ResultOf<'performance'>>
    return id === 'head-ablation' ? this.#headAblation() : {}
  }

  #headAblation() {
    const { n_layers, n_heads, layout, d_mlp } = this.model.config
    const numDigits = layout.answerDigits
    const mlps = Float64Array.from({ length: n_layers }, (_, layer) => layer + 0.25)
    const lossDiff = Float64Array.from({ length: n_layers * n_heads }, (_, head) => head + 0.5)
    const perDigit = Float64Array.from({ length: lossDiff.length * numDigits }, (_, at) => at / numDigits)
    return {
      lossDiff: tensor(['layer', 'head'], [n_layers, n_heads], lossDiff, { unit: 'nats' }),
      lossDiffPerDigit: tensor(['layer', 'head', 'digit'], [n_layers, n_heads, numDigits], perDigit, {
        unit: 'nats',
        labels: { digit: digitLabels(numDigits) },
      }),
      ...(d_mlp !== undefined && {
        mlpLossDiff: tensor(['layer'], [n_layers], mlps, { unit: 'nats' }),
        mlpLossDiffPerDigit: tensor(
          ['layer', 'digit'],
          [n_layers, numDigits],
          Float64Array.from({ length: n_layers * numDigits }, (_, at) => -at),
        ),
      }),
    } satisfies Partial<ResultOf<'head-ablation'>>
  }
}

/** The keyless bridge of a page on its own: nothing is saved, nothing is picked. */
export function fakeBridge(session: string | null = null) {
  const saved: string[] = []
  return {
    saved,
    post: () => undefined,
    onMessage: () => undefined,
    onNotice: () => undefined,
    openStage: () => Promise.resolve(null),
    closeStage: () => Promise.resolve(),
    pickModel: () => Promise.resolve(null),
    pickSession: () => Promise.resolve(),
    saveSessionAs: () => Promise.resolve(false),
    onOpened: () => undefined,
    pathOf: () => '',
    onCommand: () => undefined,
    loadSession: () => Promise.resolve(session),
    saveSession: async (json: string) => {
      saved.push(json)
    },
  }
}
