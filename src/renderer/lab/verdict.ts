import type { ObservedDigit, PairDigit } from './pair-digits'

/** A part of the verdict: what moved, what went wrong, and the rest. */
export interface VerdictPart {
  readonly tone: 'moved' | 'bad' | 'plain'
  readonly text: string
}

/**
 * What became of every digit of a pair, in sentences: what was predicted to move, then what did not stay, then the rest. `before` is
 * what the model says without the transplant: under an intervention a digit may be wrong there already.
 */
export function verdictOf(
  pairs: readonly PairDigit[],
  observed: readonly ObservedDigit[],
  before: readonly string[] = [],
): readonly VerdictPart[] {
  const seen = pairs.map((pair, index): Seen => {
    const { outcome, text } = observed[index]!
    return { pair, outcome, text, unchanged: outcome !== 'own' && before[index] === text }
  })
  const predicted = seen.filter(({ pair }) => pair.predicted !== pair.own).map(ofPrediction)
  const rest = seen.filter(({ pair }) => pair.predicted === pair.own)
  const unpredicted = rest.filter(({ outcome, unchanged }) => outcome !== 'own' && !unchanged).map(ofIntruder)
  const named = (some: readonly Seen[]) => some.map(({ pair }) => `C${pair.digit}`)
  const wrong = named(rest.filter(({ unchanged }) => unchanged))
  const kept = named(rest.filter(({ outcome }) => outcome === 'own'))
  const none: VerdictPart[] = predicted.length > 0 ? [] : [{ tone: 'plain', text: 'The prediction moves no digit.' }]
  return [
    ...none,
    ...predicted,
    ...unpredicted,
    ...(wrong.length > 0 ? [wrongBefore(wrong)] : []),
    ...(kept.length > 0 ? [keeping(kept)] : []),
  ]
}

interface Seen extends Pick<ObservedDigit, 'outcome' | 'text'> {
  readonly pair: PairDigit
  /** Whether it is wrong, and the same without the transplant. */
  readonly unchanged: boolean
}

function ofPrediction({ pair: { digit, own, predicted }, outcome, text, unchanged }: Seen): VerdictPart {
  if (outcome === 'own')
    return { tone: 'plain', text: `C${digit} keeps its own ${own}, where ${predicted} was predicted.` }
  if (unchanged)
    return text === String(predicted)
      ? { tone: 'plain', text: `C${digit} is ${text} as predicted, but without the transplant too.` }
      : { tone: 'bad', text: `✕ C${digit} is ${text} without the transplant too, where ${predicted} was predicted.` }
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

function wrongBefore(names: readonly string[]): VerdictPart {
  const are = names.length === 1 ? 'is' : 'are'
  return { tone: 'plain', text: `${listed(names)} ${are} wrong without the transplant too.` }
}

function keeping(names: readonly string[]): VerdictPart {
  if (names.length === 1) return { tone: 'plain', text: `${names[0]} keeps its own digit.` }
  return { tone: 'plain', text: `${listed(names)} keep their own digits.` }
}

function listed(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
