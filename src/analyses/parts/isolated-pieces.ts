import { BadInput } from '../../core/bad-input'
import { headLabel, parseHead } from '../../core/heads'
import type { ModelConfig } from '../../model/config'
import { hookNamed } from '../../model/hooks'
import { hookOf } from '../../model/intervention'
import type { ActivationCache, Edit } from '../../model/model'
import { overlaid } from '../../model/overlaid-edits'
import type { HeadSite } from '../../core/head-site'
import type { PairedBatch } from './transplant-runs'

const pieces = ['q', 'k', 'v', 'pattern', 'direct'] as const
type Piece = (typeof pieces)[number]
const read = ['q', 'k', 'v'] as const

/** What of the last layer is taken from the run with the transplant into the clean one, and of which of its heads. */
export interface Via {
  readonly pieces: ReadonlySet<Piece>
  readonly heads: readonly number[]
}

/** Reads `q`, `pattern+v`, `direct` or, for one head of the last layer, `pattern@H1.2`. Throws BadInput. */
export function parseVia(text: string, config: ModelConfig): Via {
  const [names = '', ...where] = text.split('@')
  const chosen = names.split('+')
  const unknown = chosen.find((name) => !pieces.some((piece) => piece === name))
  if (unknown !== undefined || where.length > 1)
    throw new BadInput(
      `"${text}" is no way through a layer: write ${pieces.join(', ')}, several as pattern+v, or for one head pattern@H1.2.`,
    )
  const last = config.n_layers - 1
  const all = Array.from({ length: config.n_heads }, (_, head) => head)
  const heads = where.map((head) => headOfLast(head, last, config))
  return { pieces: new Set(chosen as Piece[]), heads: heads.length > 0 ? heads : all }
}

function headOfLast(text: string, last: number, { n_heads }: ModelConfig): number {
  const { layer, head } = parseHead(text)
  if (layer === last && head < n_heads) return head
  throw new BadInput(
    `${headLabel(layer, head)} is not in the last layer, through which a transplant is followed: choose ${headLabel(last, 0)} to ${headLabel(last, n_heads - 1)}.`,
  )
}

/** Hooks of the last layer that are exchanged between the runs. */
export function exchangedHooks({ n_layers }: ModelConfig): string[] {
  return [...(['q', 'k', 'v', 'pattern'] as const), 'resid_pre' as const].map((site) => hookOf(site, n_layers - 1))
}

/** Throws BadInput where something is moved in the last layer, through which it is to be followed. */
export function checkBeforeLast(moved: readonly { readonly layer: number }[], { n_layers }: ModelConfig): void {
  if (moved.every(({ layer }) => layer < n_layers - 1)) return
  throw new BadInput(
    `A transplant is followed through the last layer, L${n_layers - 1}, so it cannot begin there: choose sites of an earlier layer.`,
  )
}

/** Runs of the same sums without and with the transplant; both have `exchangedHooks`. */
export interface ExchangedRuns {
  readonly baseline: ActivationCache
  readonly corrupt: ActivationCache
}

/**
 * What of the last layer has to be put in for only these pieces to come from the run with the transplant. With `direct` it is put
 * into a run whose stream is that of the transplant, else into one whose stream is without.
 */
export function exchangedEdits(config: ModelConfig, via: Via, { baseline, corrupt }: ExchangedRuns): Edit[] {
  const last = config.n_layers - 1
  const others = (chosen: readonly number[]) =>
    Array.from({ length: config.n_heads }, (_, head) => head).filter((head) => !chosen.includes(head))
  const edits = read.flatMap((site) => {
    const chosen = via.pieces.has(site) ? via.heads : []
    // The stream brings every reading of the transplant along: those that are not wanted are put back.
    return isDirect(via)
      ? headEdits(config, hookOf(site, last), others(chosen), baseline)
      : headEdits(config, hookOf(site, last), chosen, corrupt)
  })
  const pattern = via.pieces.has('pattern') ? headEdits(config, hookOf('pattern', last), via.heads, corrupt) : []
  return [...edits, ...pattern]
}

/** Whether the stream past the last layer is the transplant's. */
export function isDirect({ pieces }: Via): boolean {
  return pieces.has('direct')
}

/**
 * The recipients' logits where only these pieces of the last layer come from the run with the transplant: queries and patterns
 * at the positions that predict, keys and values everywhere, `direct` the stream past the layer.
 */
export async function isolatedRun(
  config: ModelConfig,
  batch: PairedBatch,
  sites: readonly HeadSite[],
  via: Via,
): Promise<ActivationCache> {
  const last = config.n_layers - 1
  const runs = { baseline: batch.baseline, corrupt: await batch.transplanted(sites, exchangedHooks(config)) }
  const residPre = (isDirect(via) ? runs.corrupt : runs.baseline).get(hookOf('resid_pre', last))!
  const options = { outputs: ['logits'], edits: overlaid(batch.editsFrom(last), exchangedEdits(config, via, runs)) }
  return batch.run(options, { start: { layer: last, residPre } })
}

/** Takes a hook of some heads from another run. */
function headEdits(config: ModelConfig, name: string, heads: readonly number[], source: ActivationCache): Edit[] {
  const { data, shape } = source.get(name)!
  if (heads.length === 0 || data instanceof Int32Array) return []
  const axis = hookNamed(config, name).dims.indexOf('head')
  const maskShape = shape.map((extent, index) => (index === axis ? extent : 1))
  const mask = Uint8Array.from({ length: config.n_heads }, (_, head) => (heads.includes(head) ? 1 : 0))
  return [{ hook: name, mask: { shape: maskShape, data: mask }, value: { shape, data } }]
}
