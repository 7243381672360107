import { failureOf } from '../../contract/failure'
import type { Explorer } from '../state/explorer.svelte'
import type { Subject } from '../state/film.svelte'

/** Paths of models that can be held against the run: opened last, bundled, and what other runs led to. */
export async function otherModels({ training }: Explorer): Promise<readonly string[]> {
  const { recent, bundled } = await training.knownModels()
  return [...new Set([...bundled, ...(training.known?.paths ?? []), ...recent])]
}

/** The model at a path, or the sentence why there is none. */
export async function subjectAt({ training }: Explorer, path: string): Promise<Subject | string> {
  try {
    const { config, bytes } = await training.describe(path)
    const name = path.split(/[\\/]/).at(-1) ?? path
    return { name, step: null, of: { path, layout: config.layout, stamp: String(bytes) }, opens: path, config }
  } catch (error) {
    return failureOf(error).message
  }
}
