import type { AnalysisResult } from '../analyses/analysis'
import type { AnalysisId, ParamsOf } from '../analyses/registry'
import { failureOf } from '../contract/failure'
import { BadInput } from '../core/bad-input'
import type { Tensor } from '../core/tensor'
import type { Inquiry } from '../tour/inquiry'
import type { Deck, DeckState } from './deck'
import { isMet, type Expectation } from './expectation'

/** What became of an expectation: what was found, and whether that is as expected; or the sentence why nothing could be found. */
export type CheckedExpectation = { readonly expectation: Expectation } & (
  | { readonly found: number | boolean | string; readonly unit: string | null; readonly met: boolean }
  | { readonly problem: string; readonly met: false }
)

/** Holds one expectation against the open model. What the model or the analysis cannot be asked is told, and no failure. */
export async function checkExpectation(expectation: Expectation, inquiry: Inquiry): Promise<CheckedExpectation> {
  const { analysis, params, tensor, at } = expectation
  try {
    // The engine checks both against the analysis of that name.
    const answer: AnalysisResult = await inquiry.ask({
      id: analysis as AnalysisId,
      params: params as ParamsOf<AnalysisId>,
    })
    const found = valueOf(answer, tensor, at, analysis)
    return { expectation, ...found, met: isMet(expectation, found.found) }
  } catch (error) {
    const { code, message } = failureOf(error)
    if (code !== 'bad-input') throw error
    return { expectation, problem: message, met: false }
  }
}

/** Checks what a state expects, one after the other. */
export async function checkState({ expects }: DeckState, inquiry: Inquiry): Promise<readonly CheckedExpectation[]> {
  const all: CheckedExpectation[] = []
  for (const expectation of expects) all.push(await checkExpectation(expectation, inquiry))
  return all
}

/** Checks every state of a deck; each is told as soon as it is settled. The same question is asked once. */
export async function checkDeck(
  { states }: Deck,
  inquiry: Inquiry,
  tell: (state: number, checked: readonly CheckedExpectation[]) => void = () => {},
): Promise<readonly (readonly CheckedExpectation[])[]> {
  const all: (readonly CheckedExpectation[])[] = []
  for (const [index, state] of states.entries()) {
    const checked = await checkState(state, inquiry)
    tell(index, checked)
    all.push(checked)
  }
  return all
}

function valueOf(answer: AnalysisResult, name: string, at: Expectation['at'], analysis: string) {
  const value = Object.hasOwn(answer, name) ? answer[name] : undefined
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
    return { found: value, unit: null }
  if (typeof value === 'object' && value !== null && 'dims' in value)
    return { found: entryAt(value, name, at), unit: value.unit ?? null }
  throw new BadInput(
    `The analysis "${analysis}" answers no "${name}": name one of ${Object.keys(answer).join(', ')} in the expectation.`,
  )
}

function entryAt({ dims, shape, data, labels }: Tensor, name: string, at: Expectation['at']): number {
  const unknown = Object.keys(at).find((dim) => !dims.includes(dim))
  if (unknown !== undefined)
    throw new BadInput(`"${name}" has no axis "${unknown}": it has ${dims.join(', ')}; name a place on each.`)
  const index = dims.reduce((row, dim, axis) => {
    const names = labels[dim] ?? Array.from({ length: shape[axis]! }, (_, place) => String(place))
    const place = names.indexOf(at[dim] ?? '')
    if (place >= 0) return row * shape[axis]! + place
    throw new BadInput(
      `"${name}" has no "${at[dim] ?? ''}" on its axis "${dim}": name one of ${names.slice(0, 12).join(', ')} there.`,
    )
  }, 0)
  return data[index]!
}
