import type { CheckedExpectation } from '../../deck/check-deck'

/** What is known of a state's expectations: each with what was found, that they are being checked, or why they could not be. */
export type StateCheck = readonly CheckedExpectation[] | 'running' | { readonly failure: string }
