import { createHash } from 'node:crypto'
import { sumDataset } from '../core/dataset'
import type { DatasetChoice } from '../core/dataset'
import { sumsOfSubset } from '../core/subset'
import type { Sum } from '../core/sum'
import { defaultDataset } from '../core/task-layout'
import type { Tensor } from '../core/tensor'
import { tokensOf } from '../core/tokens'
import { hookOf } from '../model/intervention'
import { meanActivations } from '../model/mean-activations'
import type { ActivationCache, Model, Tokens } from '../model/model'
import type { ModelInfo } from '../contract/contract'
import { chunkedModel } from './chunked-model'
import { OnnxModel } from './onnx-model'
import type { Turn } from './scheduler'

/** What Explore has a switch for at every head. */
const switched = ['q', 'k', 'v', 'result'] as const

/** Sums in one run: few, because this is the live process, whose memory is to stay small. */
const batchSize = 64

/**
 * The sums that one-sum views take means over, never the one sum itself, and a model's clean means over them: the pinned set, or
 * a subset of any data set.
 */
export class ReferenceSet {
  readonly sums: readonly Sum[]
  readonly info: ModelInfo['reference']
  readonly #tokens: Tokens
  readonly #means = new Map<string, Tensor>()

  /** Throws BadInput where the subset is empty. */
  constructor(
    private readonly model: Model,
    dataset: DatasetChoice = defaultDataset,
    subset = 'all',
  ) {
    const { layout } = model.config
    this.sums = sumsOfSubset(sumDataset(dataset, layout), subset, layout)
    this.#tokens = tokensOf(this.sums, model.config.layout)
    this.info = { ...dataset, sha256: tokensHash(this.#tokens) }
  }

  /** The mean of each hook over the set, with an example axis of extent 1; taken once, when first needed. */
  async means(hooks: readonly string[], turn: Turn = async () => {}): Promise<ActivationCache> {
    const unknown = hooks.filter((hook) => !this.#means.has(hook))
    if (unknown.length > 0) for (const [hook, mean] of await this.#takeMeans(unknown, turn)) this.#means.set(hook, mean)
    return this.#means
  }

  /** Takes the means that Explore's switches need, in idle moments, so that the first flipped switch does not wait. */
  async prepare(turn: Turn): Promise<void> {
    const layers = Array.from({ length: this.model.config.n_layers }, (_, layer) => layer)
    await this.means(
      layers.flatMap((layer) => switched.map((site) => hookOf(site, layer))),
      turn,
    )
  }

  /** On a model of its own, so that the native memory of these larger batches is given back. */
  async #takeMeans(hooks: readonly string[], turn: Turn): Promise<ActivationCache> {
    const model = new OnnxModel(this.model, { sessions: 1 })
    try {
      const batches = chunkedModel(model, turn, { largest: batchSize })
      return await meanActivations(batches, [this.#tokens], hooks)
    } finally {
      await model.dispose()
    }
  }
}

/** SHA-256 of int32 tokens, little-endian as on every machine that onnxruntime has a binary for, row-major; hex. */
function tokensHash({ data }: Tokens): string {
  return createHash('sha256').update(Int32Array.from(data)).digest('hex')
}
