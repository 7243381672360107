import { createHash } from 'node:crypto'
import { runAs, type ActivationCache, type Model, type RunOptions, type Tokens } from '../model/model'

/** Enough for the clean run of a sweep over a thousand sums. */
const defaultCapacity = 24 * 2 ** 20

/**
 * A model that remembers its clean runs: the same sums are run again and again, once for each analysis and each change of the
 * interventions. Runs with edits or a later start are always made. What has not been asked for the longest goes first, as
 * soon as all take more than `capacity` bytes. Nobody may write to what it returns.
 */
export class RememberedRuns {
  readonly #runs = new Map<string, { readonly run: ActivationCache; readonly bytes: number }>()
  #bytes = 0

  constructor(private readonly capacity = defaultCapacity) {}

  /**
   * The model, its clean runs answered from memory where they are known. Use one memory for one model only. Of a whole of
   * `examples` sums that would not fit nothing is kept: its beginning would be gone before it is asked for again.
   */
  of(model: Model, examples = 1): Model {
    return runAs(model, (tokens, options) => this.#answer(model, examples, tokens, options))
  }

  async #answer(model: Model, examples: number, tokens: Tokens, options: RunOptions): Promise<ActivationCache> {
    if (options.start || (options.edits && options.edits.length > 0)) return model.run(tokens, options)
    const key = keyOf(tokens, options)
    const known = this.#runs.get(key)
    const run = known?.run ?? (await model.run(tokens, options))
    this.#keep(key, run, Math.max(1, examples / tokens.shape[0]!))
    return run
  }

  /** `runs` is how many like this one the whole takes. */
  #keep(key: string, run: ActivationCache, runs: number): void {
    this.#forget(key)
    const bytes = [...run.values()].reduce((sum, { data }) => sum + data.byteLength, 0)
    if (bytes * runs > this.capacity) return
    this.#runs.set(key, { run, bytes })
    this.#bytes += bytes
    // A Map iterates in order of insertion, so the first key is the one unused the longest.
    while (this.#bytes > this.capacity) this.#forget(this.#runs.keys().next().value!)
  }

  #forget(key: string): void {
    this.#bytes -= this.#runs.get(key)?.bytes ?? 0
    this.#runs.delete(key)
  }
}

function keyOf({ data }: Tokens, { outputs, positions }: RunOptions): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return JSON.stringify([outputs.toSorted(), positions ?? 'all', createHash('sha256').update(bytes).digest('hex')])
}
