import type { CheckpointOf } from '../contract/training'
import { LiveView } from './live-view'
import { loadModel, type LoadedModel, type LoadOptions } from './load-model'
import { ResourceCache } from './resource-cache'

/** So many are kept ready; those of a run that is scrubbed through are all there. */
const most = 24
/** So few graphs stay ready of each: many models are open at once. */
const sessions = 8

/** A model beside the open one. */
export interface CheckpointModel {
  readonly open: LoadedModel
  readonly live: LiveView
}

/** Models beside the open one, of which something is asked as it formed: opened when first needed, and kept while they are used. */
export class CheckpointModels {
  readonly #models = new ResourceCache<CheckpointModel>(most, ({ open }) => open.model.dispose())

  constructor(private readonly options: LoadOptions) {}

  /** Runs `work` with the model of a file. Rejects with BadInput where that is none. */
  use<T>(of: CheckpointOf, work: (model: CheckpointModel) => Promise<T>): Promise<T> {
    return this.#models.use(JSON.stringify(of), () => this.#load(of), work)
  }

  /** Opens one as the open model is: processed alike, and its sums written as is said. */
  async #load({ path, layout }: CheckpointOf): Promise<CheckpointModel> {
    const open = await loadModel({ source: { path }, layout }, { ...this.options, sessions, checksAdding: false })
    return { open, live: new LiveView(open.model, open.reference) }
  }
}
