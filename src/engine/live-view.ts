import { attentionHooks, attentionOf } from '../analyses/attention'
import { attributionClosure } from '../analyses/attribution'
import { directLogitAttribution, dlaHooks } from '../analyses/dla'
import { pathAttribution, pathDlaHooks } from '../analyses/path-dla'
import { predictionHooks, predictionsOf } from '../analyses/predictions'
import { resampleDonor } from '../analyses/resample-donor'
import type { Sum } from '../core/sum'
import { checkSum } from '../core/sum-text'
import type { Tensor } from '../core/tensor'
import { tokensOf } from '../core/tokens'
import { resolveEdits } from '../model/edits'
import { hookOf, type Intervention } from '../model/intervention'
import type { ActivationCache, Edit, Model } from '../model/model'
import type { ExploreResult, ParamsOf, RunView } from '../shared/contract'
import type { ReferenceSet } from './reference-set'
import { stackedEdits } from './stacked-edits'

/** One row of the batch: what acts in it. */
interface Row {
  readonly interventions: readonly Intervention[]
  readonly edits: readonly Edit[]
}

/** One sum, clean, intervened and previewed, side by side in one batched run: what Explore draws at every keystroke. */
export class LiveView {
  readonly #outputs: readonly string[]

  constructor(
    private readonly model: Model,
    private readonly reference: ReferenceSet,
  ) {
    const streams = Array.from({ length: model.config.n_layers }, (_, layer) => hookOf('resid_pre', layer))
    const hooks = [...predictionHooks, ...attentionHooks(model), ...dlaHooks(model), ...pathDlaHooks(model), ...streams]
    this.#outputs = [...new Set(hooks)]
  }

  /** Throws BadInput for a sum or an intervention that the model cannot have. */
  async explore({ sum, interventions, preview }: ParamsOf<'explore'>): Promise<Omit<ExploreResult, 'engineMs'>> {
    const { config } = this.model
    checkSum(sum, config.numDigits)
    const asked = [interventions, ...(preview ? [[...interventions, ...preview]] : [])]
    const rows: Row[] = [{ interventions: [], edits: [] }]
    for (const interventions of asked) rows.push({ interventions, edits: await this.#edits(interventions, sum) })
    const tokens = tokensOf(
      rows.map(() => sum),
      config.numDigits,
    )
    const edits = stackedEdits(
      config,
      rows.map((row) => row.edits),
    )
    const run = await this.model.run(tokens, { outputs: this.#outputs, edits })
    const [clean, now, previewed] = rows.map((row, example) => this.#view(run, example, row.interventions))
    return { clean: clean!, now: now!, ...(previewed && { preview: previewed }) }
  }

  #edits(interventions: readonly Intervention[], sum: Sum): Promise<Edit[]> {
    return resolveEdits(this.model, interventions, {
      means: (hooks) => this.reference.means(hooks),
      partners: (seed) => [resampleDonor(sum, this.reference.sums, seed)],
    })
  }

  #view(run: ActivationCache, example: number, interventions: readonly Intervention[]): RunView {
    const { model } = this
    const dla = directLogitAttribution(run, model, { example, interventions })
    const pathDla = pathAttribution(run, model, { example, interventions })
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
      closure: attributionClosure(dla, run, model, example),
      pathClosure: attributionClosure(pathDla, run, model, example),
    }
  }
}

/** In single precision, all that a screen can show: half as much to send. */
function single<T extends Tensor>(tensor: T): T {
  return { ...tensor, data: Float32Array.from(tensor.data) }
}
