/** Why something was refused or failed, for programs. The sentence beside it is for people. */
export type FailureCode =
  'bad-input' | 'unknown-method' | 'no-model' | 'cancelled' | 'superseded' | 'engine-died' | 'internal'

/** An error as it crosses a process boundary: Electron's IPC would keep only the message, so it travels as data. */
export interface Failure {
  readonly code: FailureCode
  readonly message: string
}
