import type { ModelInfo } from '../contract/contract'
import { isSameModel } from '../session/permalink'
import { fitsModel } from '../session/check-analysis'
import type { Deck, DeckState } from './deck'

/** What a deck needs, as it is listed: whether the open model gives it. */
export interface Need {
  readonly name: string
  readonly met: boolean
}

type Open = Pick<ModelInfo, 'name' | 'sha256' | 'config' | 'reference'>

const short = (sha256: string) => sha256.slice(0, 8)

/** Everything a deck needs, in the order of importance. */
export function needsOf({ needs: { model, dataset, reference } }: Deck, open: Open): readonly Need[] {
  return [
    { name: `model ${model.name}, ${short(model.sha256)}`, met: isSameModel(model, open) },
    {
      name: `means over ${reference.size} sums, seed ${reference.seed}, ${short(reference.sha256)}`,
      met: reference.sha256 === open.reference.sha256,
    },
    // Drawn from its seed, the same everywhere.
    { name: `figures over ${dataset.size} sums, seed ${dataset.seed}`, met: true },
  ]
}

/** What a deck was made with and the open model is not, in one sentence that says what to expect; null where nothing is missing. */
export function missingSentence(deck: Deck, open: Open): string | null {
  const { model, reference } = deck.needs
  const unfit = deck.states.filter(({ state }) => !fitsModel(state.analysis, open.config)).length
  if (unfit > 0)
    return `The deck was made with ${model.name}, and ${unfit} of its ${deck.states.length} states ${unfit === 1 ? 'means' : 'mean'} nothing to ${open.name}: open that model to show them.`
  if (!isSameModel(model, open))
    return `The deck was made with ${model.name} (${short(model.sha256)}), which is not open: what you see is ${open.name}'s answer to it.`
  if (reference.sha256 !== open.reference.sha256)
    return `The deck takes its means over other sums (${short(reference.sha256)}) than this Carryscope (${short(open.reference.sha256)}): numbers under mean ablation may differ.`
  return null
}

/**
 * What the audience is to know of a state that the open model answers otherwise than its author saw, beside the author's line, which
 * may not be so here: a few words; null where nothing is missing.
 */
export function stageMark(
  { needs: { model, reference } }: Pick<Deck, 'needs'>,
  { state }: { readonly state: Pick<DeckState['state'], 'analysis'> },
  open: Open,
): string | null {
  if (!fitsModel(state.analysis, open.config)) return `made for ${model.name}, nothing to ${open.name}`
  if (!isSameModel(model, open)) return namesApart(open, model).join(' answers, not ')
  return reference.sha256 === open.reference.sha256 ? null : 'means over other sums'
}

/** Two models by their names, with their hashes where these are the same. */
function namesApart(...models: readonly Pick<Open, 'name' | 'sha256'>[]): string[] {
  const [first, second] = models
  return models.map(({ name, sha256 }) => (first?.name === second?.name ? `${name} ${short(sha256)}` : name))
}
