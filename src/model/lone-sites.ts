import { answerPositions } from '../core/positions'
import type { HeadSite } from '../core/head-site'
import { indexOfLargest } from '../core/softmax'
import type { ModelConfig } from './config'
import { hookOf } from './intervention'
import type { ActivationCache, Edit } from './model'
import { streamAfterAttention } from './shared-with-clean'

/** Runs of the same batch: the recipients', and that of the sums that each takes something from; both have `loneHooks`. */
export interface LoneRuns {
  readonly own: ActivationCache
  readonly donors: ActivationCache
  /** The edits that act on the recipients, `loneEditable`; absent where none do. */
  readonly edits?: readonly Edit[]
}

/**
 * Takes each head of the last two layers at each of `places` alone from the donors. `untouched` are the recipients' most likely
 * outputs [example, digit]. The runs are narrowed to the positions that predict.
 */
export type LoneSites = (runs: LoneRuns, places: readonly number[], untouched: Uint8Array) => Promise<LoneDigits>

/** Where the last layer can be edited. */
export const loneEditSites = ['q', 'k', 'v', 'pattern', 'z', 'result'] as const
export type LoneEditSite = (typeof loneEditSites)[number]

/** What is wanted of runs: what heads of the last two layers write, by z where nothing is edited, and the stream with it. */
export function loneHooks(
  config: ModelConfig,
  edited: boolean,
): { readonly heads: string[]; readonly streams: string[] } {
  const layers = [config.n_layers - 2, config.n_layers - 1]
  return {
    heads: layers.map((layer) => hookOf(edited ? 'result' : 'z', layer)),
    streams: layers.map((layer) => streamAfterAttention(config, layer)),
  }
}

/** Whether what edits replace is in the recipients' run, or can be replaced again in what is computed of it. */
export function loneEditable({ n_layers }: ModelConfig, edits: readonly Edit[]): boolean {
  const last = n_layers - 1
  return edits.every(({ hook }) => {
    if (loneEditSites.some((site) => hook === hookOf(site, last))) return true
    const layer = Number(/^blocks\.(\d+)\./.exec(hook)?.[1])
    return layer < last && !(layer === last - 1 && hook.includes('mlp'))
  })
}

/** Logits of some examples, as `loneSitesGraph` gives them. */
export interface LoneLogits {
  /** [example, query, place, head, vocab]: the layer before the last. */
  readonly early: ArrayLike<number>
  /** [example, place, head, vocab] at the places that predict: the same where the place itself predicts. */
  readonly own?: ArrayLike<number> | undefined
  /** The same of the last layer. */
  readonly last?: ArrayLike<number> | undefined
}

/** The most likely output for each answer digit of every example, site by site. */
export class LoneDigits {
  readonly #predicting: readonly number[]
  /** Those of the places that predict. */
  readonly #asked: readonly number[]
  /** [layer, place, head, example, digit] */
  readonly #digits: Uint8Array
  readonly #size: number

  constructor(
    private readonly config: ModelConfig,
    private readonly places: readonly number[],
    untouched: Uint8Array,
  ) {
    this.#predicting = answerPositions(config.layout)
    this.#asked = places.filter((place) => this.#predicting.includes(place))
    this.#size = untouched.length
    this.#digits = new Uint8Array(2 * places.length * config.n_heads * this.#size)
    for (let first = 0; first < this.#digits.length; first += this.#size) this.#digits.set(untouched, first)
  }

  /** [example, digit]; undefined for a site of another layer or place. */
  of({ layer, head, position }: HeadSite): Uint8Array | undefined {
    const [which, place] = [layer - this.config.n_layers + 2, this.places.indexOf(position)]
    if (which < 0 || place < 0) return undefined
    const first = this.#first(which, place, head)
    return this.#digits.subarray(first, first + this.#size)
  }

  /** Takes in the logits of examples from `begin` on. A digit that is predicted before the place stays as it is. */
  add(begin: number, examples: number, { early, own, last }: LoneLogits): void {
    const { n_heads, d_vocab } = this.config
    const digits = this.#predicting.length
    this.places.forEach((place, at) => {
      for (let head = 0; head < n_heads; head++)
        this.#predicting.forEach((predicting, digit) => {
          if (predicting <= place) return
          let [row, to] = [
            (digit * this.places.length + at) * n_heads + head,
            this.#first(0, at, head) + begin * digits,
          ]
          const rows = digits * this.places.length * n_heads
          for (let example = 0; example < examples; example++, row += rows, to += digits)
            this.#digits[to + digit] = indexOfLargest(early, row * d_vocab, d_vocab)
        })
    })
    this.#addAsked(0, begin, examples, own)
    this.#addAsked(1, begin, examples, last)
  }

  #addAsked(which: number, begin: number, examples: number, logits: ArrayLike<number> | undefined): void {
    if (!logits) return
    const { n_heads, d_vocab } = this.config
    const digits = this.#predicting.length
    this.#asked.forEach((place, at) => {
      const digit = this.#predicting.indexOf(place)
      for (let head = 0; head < n_heads; head++) {
        const first = this.#first(which, this.places.indexOf(place), head) + digit
        for (let example = 0; example < examples; example++) {
          const row = (example * this.#asked.length + at) * n_heads + head
          this.#digits[first + (begin + example) * digits] = indexOfLargest(logits, row * d_vocab, d_vocab)
        }
      }
    })
  }

  #first(which: number, place: number, head: number): number {
    return ((which * this.places.length + place) * this.config.n_heads + head) * this.#size
  }
}
