import { BadInput } from '../core/bad-input'

/** Why something was refused or failed, for programs. The sentence beside it is for people. */
export type FailureCode =
  | 'bad-input'
  | 'bad-message'
  | 'unknown-method'
  | 'no-model'
  | 'cancelled'
  | 'superseded'
  | 'engine-died'
  | 'provider-failed'
  | 'internal'

/** An error as it crosses a process boundary: Electron's IPC would keep only the message, so it travels as data. */
export interface Failure {
  readonly code: FailureCode
  readonly message: string
}

/** A failure as it is thrown: what a call of the engine is rejected with. */
export class EngineFailure extends Error implements Failure {
  override readonly name = 'EngineFailure'

  constructor(
    readonly code: FailureCode,
    message: string,
  ) {
    super(message)
  }
}

/** Why what was promised was refused or failed, in a sentence; null once it is there. */
export async function refusalOf(promised: Promise<unknown>): Promise<string | null> {
  try {
    await promised
    return null
  } catch (error) {
    return failureOf(error).message
  }
}

/** The failure that a thrown value stands for; anything unforeseen is `internal`, with its own words. */
export function failureOf(error: unknown): Failure {
  if (error instanceof EngineFailure) return { code: error.code, message: error.message }
  if (error instanceof BadInput) return { code: 'bad-input', message: error.message }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
