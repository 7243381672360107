import { failureOf } from '../contract/failure'
import type { Claim, Measured } from './claim'
import type { Inquiry } from './inquiry'
import { verdictOf, type Verdict } from './verdict'

/** What became of a claim: measured, or the sentence why this model cannot be asked. */
export type Checked =
  | { readonly claim: Claim; readonly verdict: Verdict; readonly measured: Measured }
  | { readonly claim: Claim; readonly verdict: 'not asked'; readonly reason: string }

/** Checks one claim on the open model. What the model cannot be asked is no failure. */
export async function checkClaim(claim: Claim, inquiry: Inquiry): Promise<Checked> {
  try {
    const measured = await claim.check(inquiry)
    return { claim, measured, verdict: verdictOf(claim, measured) }
  } catch (error) {
    const { code, message } = failureOf(error)
    if (code !== 'bad-input') throw error
    return { claim, verdict: 'not asked', reason: message }
  }
}

/** Checks all of them, one after the other; each is told as soon as it is settled. */
export async function takeTour(
  claims: readonly Claim[],
  inquiry: Inquiry,
  tell: (checked: Checked) => void = () => {},
): Promise<readonly Checked[]> {
  const all: Checked[] = []
  for (const claim of claims) {
    const checked = await checkClaim(claim, inquiry)
    tell(checked)
    all.push(checked)
  }
  return all
}
