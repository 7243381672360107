import type { ObservedDigit, PairDigit } from './pair-digits'

/** A part of the verdict: what moved, what went wrong, and the rest. */
export interface VerdictPart {
  readonly tone: 'moved' | 'bad' | 'plain'
  readonly text: string
}

/** What became of every digit of a pair, in sentences: what was predicted to move, then what did not stay, then the rest. */
export function verdictOf(pairs: readonly PairDigit[], observed: readonly ObservedDigit[]): readonly VerdictPart[] {
  const seen = pairs.map((pair, index) => ({ pair, ...observed[index]! }))
  const predicted = seen.filter(({ pair }) => pair.predicted !== pair.own).map(ofPrediction)
  const unpredicted = seen
    .filter(({ pair, outcome }) => pair.predicted === pair.own && outcome !== 'own')
    .map(ofIntruder)
  const kept = seen
    .filter(({ pair, outcome }) => pair.predicted === pair.own && outcome === 'own')
    .map(({ pair }) => `C${pair.digit}`)
  const none: VerdictPart[] = predicted.length > 0 ? [] : [{ tone: 'plain', text: 'The prediction moves no digit.' }]
  return [...none, ...predicted, ...unpredicted, ...(kept.length > 0 ? [keeping(kept)] : [])]
}

type Seen = ObservedDigit & { readonly pair: PairDigit }

function ofPrediction({ pair: { digit, own, predicted }, outcome, text }: Seen): VerdictPart {
  if (outcome === 'own')
    return { tone: 'plain', text: `C${digit} keeps its own ${own}, where ${predicted} was predicted.` }
  if (text === String(predicted))
    return { tone: 'moved', text: `C${digit} follows the donor’s carry, ${own} → ${predicted}, as predicted.` }
  const why = outcome === 'donor' ? 'the donor’s digit' : 'a digit that no carry explains'
  return { tone: 'bad', text: `✕ C${digit} becomes ${text}, ${why}, where ${predicted} was predicted.` }
}

/** A digit that was predicted to stay and did not. */
function ofIntruder({ pair: { digit, own }, outcome, text }: Seen): VerdictPart {
  if (outcome === 'moved')
    return {
      tone: 'moved',
      text: `⇄ C${digit} follows the donor’s carry too, ${own} → ${text}, which was not predicted.`,
    }
  const donors = outcome === 'donor' ? ', the donor’s digit' : ''
  return { tone: 'bad', text: `✕ C${digit} does not stay: ${own} → ${text}${donors}.` }
}

function keeping(names: readonly string[]): VerdictPart {
  const last = names.at(-1)!
  if (names.length === 1) return { tone: 'plain', text: `${last} keeps its own digit.` }
  return { tone: 'plain', text: `${names.slice(0, -1).join(', ')} and ${last} keep their own digits.` }
}
