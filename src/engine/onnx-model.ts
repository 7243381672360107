import type { Tensor } from '../core/tensor'
import type { ModelConfig } from '../model/config'
import { dlaTensor } from '../model/graph/dla-tensor'
import {
  cleanInput,
  headInput,
  maskInput,
  startInput,
  tokensInput,
  valueInput,
  type GraphSpec,
} from '../model/graph/graph-spec'
import { buildModelGraph } from '../model/graph/model-graph'
import { activationTensor, hooksOf, shapeOfHook, type Hook } from '../model/hooks'
import type { ActivationCache, Edit, Model, RunOptions, Tokens } from '../model/model'
import { pickAlong } from '../model/pick-along'
import { headAlone, type HeadAlone } from '../model/shared-with-clean'
import type { Weights } from '../model/weights'
import { hookOfSum } from '../model/summed-hook'
import { InferenceSession, Tensor as OnnxTensor, type SessionOptions } from './onnxruntime'
import { manySessions, sessionOptions } from './session-options'
import { ProviderFailure } from './provider-failure'
import { SessionCache } from './session-cache'

export interface OnnxModelOptions {
  /** An execution provider of onnxruntime-node: `cpu`, `webgpu`, `cuda`, `dml`, `coreml`. */
  readonly provider?: string
  /** Threads of one run. More processes with one thread each beat more threads. */
  readonly intraOpNumThreads?: number
  /** Whether every run computes everything anew: without tables for layer 0. For comparison. */
  readonly plain?: boolean
  /** How many graphs stay ready: one for each combination of outputs, edited hooks, first layer and positions. */
  readonly sessions?: number
  /** Whether all graphs take their memory from the process's heap: for batches, of which many graphs stay ready. */
  readonly oneHeap?: boolean
}

/** A run, and which head is computed alone where that is enough. */
type Request = RunOptions & { readonly alone?: HeadAlone }

/**
 * A model on onnxruntime. A run computes its whole batch at once and blocks the thread meanwhile; callers that must give way
 * split the batch (`chunkedModel`). Besides the hooks, `dla` can be asked for (see `model/graph/dla.ts`). Rejects as
 * `ProviderFailure` where another provider than the CPU fails.
 */
export class OnnxModel implements Model {
  readonly name: string
  readonly sha256: string
  readonly config: ModelConfig
  readonly weights: Weights
  readonly provider: string
  readonly #sessionOptions: SessionOptions
  readonly #plain: boolean
  readonly #sessions: SessionCache
  readonly #hooks: ReadonlyMap<string, Hook>

  constructor(
    model: Pick<Model, 'name' | 'sha256' | 'config' | 'weights'>,
    { provider = 'cpu', intraOpNumThreads = 1, plain = false, sessions = 32, oneHeap = false }: OnnxModelOptions = {},
  ) {
    this.name = model.name
    this.sha256 = model.sha256
    this.config = model.config
    this.weights = model.weights
    this.provider = provider
    this.#plain = plain
    this.#sessionOptions = { ...sessionOptions(provider, intraOpNumThreads), ...manySessions(oneHeap) }
    this.#sessions = new SessionCache(sessions)
    this.#hooks = new Map(hooksOf(model.config).map((hook) => [hook.name, hook]))
  }

  async run(tokens: Tokens, options: RunOptions): Promise<ActivationCache> {
    const alone = headAlone(this.config, options)
    const request = alone ? { ...options, ...(alone.start && { start: alone.start }), alone } : options
    const spec = this.#specOf(tokens, request)
    const build = () => buildModelGraph(this.config, this.weights, spec)
    return this.#use(keyOf(spec), build, async (session) => {
      const results = await session.run(this.#feeds(tokens, request, new Set(session.inputNames)))
      return new Map(options.outputs.map((name) => [name, this.#labelled(name, results[name]!, options.positions)]))
    })
  }

  /** Runs a graph of another kind, which is kept ready like the model's own. It is given of `feeds` what it has inputs for. */
  async runGraph(
    key: string,
    build: () => Uint8Array,
    feeds: ReadonlyMap<string, OnnxTensor>,
  ): Promise<Readonly<Record<string, OnnxTensor>>> {
    return this.#use(key, build, (session) =>
      session.run(Object.fromEntries(session.inputNames.map((name) => [name, feeds.get(name)!]))),
    )
  }

  /** Releases the native memory; the model can still run, and builds its sessions anew. */
  async dispose(): Promise<void> {
    await this.#sessions.clear()
  }

  async #use<R>(key: string, build: () => Uint8Array, work: (session: InferenceSession) => Promise<R>): Promise<R> {
    const create = () => this.#onProvider(() => InferenceSession.create(build(), this.#sessionOptions))
    return this.#sessions.use(key, create, (session) => this.#onProvider(() => work(session)))
  }

  /** What fails on the CPU would fail anywhere; what fails on another provider may be done on the CPU. */
  async #onProvider<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw this.provider === 'cpu' ? error : new ProviderFailure(this.provider, error)
    }
  }

  #specOf(tokens: Tokens, request: Request): GraphSpec {
    const { outputs, edits = [], start, positions, alone } = request
    const whole = edits.filter((edit) => this.#isWhole(edit, tokens.shape[0]!, request))
    const hooksOfEdits = (some: readonly Edit[]) => some.map(({ hook }) => hook).toSorted()
    return {
      outputs: outputs.toSorted(),
      edits: hooksOfEdits(edits.filter((edit) => !whole.includes(edit))),
      given: hooksOfEdits(whole),
      tables: !this.#plain,
      ...(start && { startLayer: start.layer }),
      ...(alone && { known: alone.known }),
      ...(positions && { positions }),
    }
  }

  /** Whether an edit leaves nothing of the activation, so that what computes it can be left out. */
  #isWhole({ hook, mask, value }: Edit, examples: number, { positions, alone }: Request): boolean {
    const known = this.#hooks.get(hook)
    if (!known) return false
    const ofOneHead = alone && known.layer === alone.layer
    const acting = ofOneHead ? pickAlong(mask, known.dims.indexOf('head'), [alone.head]) : mask
    if (!acting.data.every((replaced) => replaced === 1)) return false
    // What one head takes in or on may be the same for every example: what it comes to is added to that of each.
    const rows = ofOneHead ? value.shape[0]! : examples
    return value.shape.join() === shapeOfHook(this.config, known, rows, positions).join()
  }

  /** What the session wants of all that was given: an edit that no output depends on has no input. */
  #feeds(
    tokens: Tokens,
    { edits = [], start, clean, alone }: Request,
    wanted: ReadonlySet<string>,
  ): Record<string, OnnxTensor> {
    const given = [
      ...(alone ? [[headInput, new OnnxTensor('int32', Int32Array.of(alone.head), [1])] as const] : []),
      ...(alone?.known ?? []).map((hook) => [cleanInput(hook), floats(clean!.get(hook)!)] as const),
      ...(start ? [[startInput(start.layer), floats(start.residPre)] as const] : []),
      [tokensInput, new OnnxTensor('int32', Int32Array.from(tokens.data), tokens.shape)] as const,
      ...edits.flatMap(inputsOf),
    ]
    return Object.fromEntries(given.filter(([name]) => wanted.has(name)))
  }

  #labelled(name: string, result: OnnxTensor, positions?: readonly number[]): Tensor {
    const data = result.data as Float32Array
    const extent = { examples: result.dims[0]!, positions }
    return name === 'dla'
      ? dlaTensor(this.config, data, extent)
      : activationTensor(this.config, this.#hooks.get(hookOfSum(name) ?? name)!, data, extent)
  }
}

type Inputs = readonly (readonly [name: string, tensor: OnnxTensor])[]

const inputsOfFrozen = new WeakMap<Edit, Inputs>()

/** An edit as inputs of a graph; made once of one that is frozen, and so stays as it is. */
function inputsOf(edit: Edit): Inputs {
  const known = inputsOfFrozen.get(edit)
  if (known) return known
  const { hook, mask, value } = edit
  const inputs: Inputs = [
    [maskInput(hook), new OnnxTensor('bool', mask.data, mask.shape)],
    [valueInput(hook), floats(value)],
  ]
  if (Object.isFrozen(edit)) inputsOfFrozen.set(edit, inputs)
  return inputs
}

function keyOf({ outputs, edits, given, startLayer, known, positions }: GraphSpec): string {
  return JSON.stringify([outputs, edits, given, startLayer ?? 'tokens', known ?? 'all', positions ?? 'all'])
}

function floats({ data, shape }: { data: ArrayLike<number>; shape: readonly number[] }): OnnxTensor {
  return new OnnxTensor('float32', data instanceof Float32Array ? data : Float32Array.from(data), shape)
}
