import { z } from 'zod'
import type { TextStore } from '../core/text-store'
import { trialSchema } from '../contract/trial'
import type { Trial } from '../contract/trial'

/** For how many models trials are kept. */
const most = 20

export const automatic = 'auto'

const keptSchema = z.strictObject({
  version: z.literal(1),
  setting: z.string(),
  machine: z.string(),
  models: z.array(z.strictObject({ sha256: z.string(), trials: z.array(trialSchema).readonly() })).readonly(),
})
type Kept = z.output<typeof keptSchema>

/**
 * What execution providers did on this machine, model by model, and which one a person settled on. Trials on another machine,
 * or with another onnxruntime, are forgotten. What cannot be written is remembered for as long as the process lives.
 */
export class TrialStore {
  #kept: Kept

  constructor(private readonly text: TextStore) {
    this.#kept = parse(text.read())
  }

  get setting(): string {
    return this.#kept.setting
  }

  set setting(setting: string) {
    this.#keep({ ...this.#kept, setting })
  }

  of(machine: string, sha256: string): readonly Trial[] | null {
    if (this.#kept.machine !== machine) return null
    return this.#kept.models.find((model) => model.sha256 === sha256)?.trials ?? null
  }

  remember(machine: string, sha256: string, trials: readonly Trial[]): void {
    const others = this.#kept.machine === machine ? this.#kept.models.filter((model) => model.sha256 !== sha256) : []
    this.#keep({ ...this.#kept, machine, models: [{ sha256, trials }, ...others].slice(0, most) })
  }

  #keep(kept: Kept): void {
    this.#kept = kept
    try {
      this.text.write(JSON.stringify(kept))
    } catch {
      // The next start measures again.
    }
  }
}

/** A file that is none is as good as no file: everything in it can be found out anew. */
function parse(text: string | null): Kept {
  try {
    return keptSchema.parse(JSON.parse(text ?? ''))
  } catch {
    return { version: 1, setting: automatic, machine: '', models: [] }
  }
}
