import type { EngineClient, ModelDescription } from '../../contract/contract'
import { failureOf } from '../../contract/failure'

/** Models under one heading. */
export interface ModelGroup {
  readonly title: string
  readonly paths: readonly string[]
  /** What to know about the group, such as why it is empty, in one sentence. */
  readonly remark: string | null
}

/** What is known of a model that can be chosen: its description, or why it cannot be opened. */
export type Described = ModelDescription | { readonly refusal: string }

/** The models to choose from, described one after another while a person looks at them. */
export class ModelList {
  groups = $state.raw<readonly ModelGroup[]>([])
  described = $state.raw<Readonly<Record<string, Described>>>({})

  constructor(private readonly engine: EngineClient) {}

  /** Finds the recent and the bundled models, those beside the open one, and those of a folder; then describes each. */
  async show(open: string | null, folder: string | null, signal: AbortSignal): Promise<void> {
    const none = { recent: [], bundled: [] }
    const { recent, bundled } = await this.engine.call('knownModels', {}, { signal }).catch(() => none)
    const named = folder === null ? [] : [await this.#of('In this folder', folder, signal)]
    const beside = open === null || open === folder ? [] : [await this.#of('With the open model', open, signal)]
    const known = [
      { title: 'Opened last', paths: recent, remark: null },
      { title: 'Bundled', paths: bundled, remark: null },
    ]
    if (signal.aborted) return
    this.groups = [...named, ...known, ...beside].filter(({ paths, remark }) => paths.length > 0 || remark !== null)
    for (const path of this.groups.flatMap(({ paths }) => paths)) {
      if (this.described[path]) continue
      const description = await this.#describe(path, signal)
      // What was cancelled is no refusal of the model: it is described when it is next shown.
      if (signal.aborted) return
      this.described = { ...this.described, [path]: description }
    }
  }

  async #of(title: string, path: string, signal: AbortSignal): Promise<ModelGroup> {
    try {
      const { paths, more } = await this.engine.call('listModels', { path }, { signal })
      const empty = paths.length === 0 ? `There is no model in "${path}".` : null
      return { title, paths, remark: more > 0 ? `There are ${more} more; open one of them by its path.` : empty }
    } catch (error) {
      return { title, paths: [], remark: failureOf(error).message }
    }
  }

  async #describe(path: string, signal: AbortSignal): Promise<Described> {
    try {
      return await this.engine.call('describeModel', { path }, { signal })
    } catch (error) {
      return { refusal: failureOf(error).message }
    }
  }
}
