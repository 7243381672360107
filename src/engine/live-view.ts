import { attentionHooks, attentionOf } from '../analyses/attention/attention'
import { attributionClosure } from '../analyses/parts/attribution'
import { directLogitAttribution, dlaHooks } from '../analyses/attribution/dla'
import { pathAttribution, pathDlaHooks } from '../analyses/attribution/path-dla'
import { checkBeforeLast, exchangedEdits, exchangedHooks, isDirect, parseVia } from '../analyses/parts/isolated-pieces'
import { CirclePlane } from '../analyses/parts/circle-plane'
import { streamParts } from '../analyses/parts/stream-parts'
import { predictionHooks, predictionsOf } from '../analyses/sums/predictions'
import { resampleDonor } from '../analyses/running/resample-donor'
import type { Sum } from '../core/sum'
import { checkSum } from '../core/sum-text'
import type { Tensor } from '../core/tensor'
import { tokensOf } from '../core/tokens'
import { resolveEdits } from '../model/edits'
import { hookOf, type Intervention } from '../model/intervention'
import type { ActivationCache, Edit, Model } from '../model/model'
import { overlaid } from '../model/overlaid-edits'
import type { ExploreResult, MethodParams, RunView } from '../contract/contract'
import { LeastRecentlyUsed } from '../core/least-recently-used'
import { ReferenceSet } from './reference-set'
import type { Turn } from './scheduler'
import { stackedEdits } from './stacked-edits'

const keptViews = 64
const keptEdits = 16
const keptMeans = 2

type Question = MethodParams<'explore'>

/** One sum, clean, intervened and previewed, side by side in one batched run: what Explore draws at every keystroke. */
export class LiveView {
  readonly #outputs: readonly string[]
  /** The last views: the clean one is asked for again at every switch, others by undo and by hovering to and fro. */
  readonly #kept = new LeastRecentlyUsed<RunView>(keptViews)
  readonly #circle: CirclePlane
  /** Interventions made concrete, where they are the same for every sum: those of the last key typed serve the next. */
  readonly #keptEdits = new LeastRecentlyUsed<readonly Edit[]>(keptEdits)
  readonly #keptMeans = new LeastRecentlyUsed<ReferenceSet>(keptMeans)

  constructor(
    private readonly model: Model,
    private readonly reference: ReferenceSet,
  ) {
    this.#circle = new CirclePlane(model)
    const streams = Array.from({ length: model.config.n_layers }, (_, layer) => hookOf('resid_pre', layer))
    const hooks = [
      ...predictionHooks,
      ...attentionHooks(model),
      ...dlaHooks(model),
      ...pathDlaHooks(model),
      ...streams,
      ...this.#circle.hooks,
    ]
    this.#outputs = [...new Set(hooks)]
  }

  /** Throws BadInput for a sum or an intervention that the model cannot have. Awaits `turn` while it takes means. */
  async explore(question: Question, turn?: Turn): Promise<Omit<ExploreResult, 'engineMs'>> {
    const { sum, interventions, preview, via, means } = question
    checkSum(sum, this.model.config.layout)
    const previewed = preview && [...interventions, ...preview]
    const asked = [[], interventions, ...(previewed && via === undefined ? [previewed] : [])]
    const keys = asked.map((row) => keyOf(sum, row, means))
    const missing = asked.filter((_, row) => keys.indexOf(keys[row]!) === row && !this.#kept.get(keys[row]!))
    const computed = await this.#compute(question, missing, turn)
    missing.forEach((row, index) => this.#kept.set(keyOf(sum, row, means), computed[index]!))
    const [clean, now, whole] = keys.map((key) => this.#kept.get(key)!)
    const last = via === undefined ? whole : preview && (await this.#isolated(question, preview, via, turn))
    return { clean: clean!, now: now!, ...(last && { preview: last }) }
  }

  /** The view of one sum into which only some pieces of the last layer come from its run with the preview. */
  async #isolated(
    question: Question,
    preview: readonly Intervention[],
    text: string,
    turn: Turn | undefined,
  ): Promise<RunView> {
    const { config } = this.model
    const { sum, interventions, means } = question
    const previewed = [...interventions, ...preview]
    const key = `${keyOf(sum, previewed, means)} via ${text}`
    const known = this.#kept.get(key)
    if (known) return known
    const via = parseVia(text, config)
    checkBeforeLast(preview, config)
    const tokens = tokensOf([sum], config.layout)
    const [own, moved] = [
      await this.#edits(interventions, question, turn),
      await this.#edits(previewed, question, turn),
    ]
    const run = (edits: readonly Edit[], outputs: readonly string[]) =>
      this.model.run(tokens, { outputs, edits: stackedEdits(config, [edits]) })
    const runs = {
      baseline: await run(own, exchangedHooks(config)),
      corrupt: await run(moved, exchangedHooks(config)),
    }
    const edits = overlaid(isDirect(via) ? moved : own, exchangedEdits(config, via, runs))
    const view = this.#view(await run(edits, this.#outputs), 0, previewed)
    this.#kept.set(key, view)
    return view
  }

  /** The views of one sum under each set of interventions, from a single run. */
  async #compute(
    question: Question,
    rows: readonly (readonly Intervention[])[],
    turn: Turn | undefined,
  ): Promise<RunView[]> {
    if (rows.length === 0) return []
    const { config } = this.model
    const edits: (readonly Edit[])[] = []
    for (const interventions of rows) edits.push(await this.#edits(interventions, question, turn))
    const sums = rows.map(() => question.sum)
    const options = { outputs: this.#outputs, edits: stackedEdits(config, edits) }
    const run = await this.model.run(tokensOf(sums, config.layout), options)
    return rows.map((interventions, example) => this.#view(run, example, interventions))
  }

  async #edits(
    interventions: readonly Intervention[],
    { sum, means }: Question,
    turn: Turn | undefined,
  ): Promise<readonly Edit[]> {
    const key = keyOf(interventions.some(({ mode }) => mode === 'resample') ? sum : undefined, interventions, means)
    const known = this.#keptEdits.get(key)
    if (known) return known
    const edits = await resolveEdits(this.model, interventions, {
      means: (hooks) => this.#meanSet(means).means(hooks, turn),
      resampled: (seed, hooks) => {
        const donor = resampleDonor(sum, this.#meanSet(means).sums, seed)
        return this.model.run(tokensOf([donor], this.model.config.layout), { outputs: hooks })
      },
    })
    this.#keptEdits.set(key, edits)
    return edits
  }

  #meanSet(means: Question['means']): ReferenceSet {
    if (!means) return this.reference
    const key = JSON.stringify(means)
    const set = this.#keptMeans.get(key) ?? new ReferenceSet(this.model, means.dataset, means.subset)
    this.#keptMeans.set(key, set)
    return set
  }

  #view(run: ActivationCache, example: number, interventions: readonly Intervention[]): RunView {
    const { model } = this
    const parts = streamParts({ run, model, example, interventions })
    const dla = directLogitAttribution(run, model, { example, interventions, parts })
    const pathDla = pathAttribution(run, model, { example, interventions, parts })
    const { logits, probs, predicted } = predictionsOf(run, model, example)
    const { pattern, scores } = attentionOf(run, model, example)
    return {
      logits: single(logits),
      probs: single(probs),
      predicted,
      pattern: single(pattern),
      scores: single(scores),
      dla: single(dla),
      pathDla: single(pathDla),
      circle: single(this.#circle.pointsOf(run, example)),
      closure: attributionClosure(dla, run, model, example),
      pathClosure: attributionClosure(pathDla, run, model, example),
    }
  }
}

/** What a run without interventions comes to depends on no means. */
function keyOf(sum: Sum | undefined, interventions: readonly Intervention[], means: Question['means']): string {
  return JSON.stringify([sum, interventions, interventions.length > 0 && means])
}

/** In single precision, all that a screen can show: half as much to send. */
function single<T extends Tensor>(tensor: T): T {
  if (tensor.data instanceof Float32Array) return tensor
  return { ...tensor, data: new Float32Array(tensor.data) }
}
