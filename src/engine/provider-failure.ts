import { EngineFailure } from '../contract/failure'

/** An execution provider that could not be started or failed in a run: its caller may go on on the CPU. */
export class ProviderFailure extends EngineFailure {
  /** Why, as a part of a sentence. */
  readonly reason: string

  constructor(provider: string, cause: unknown) {
    const reason = reasonOf(cause)
    super('provider-failed', `The execution provider "${provider}" failed: ${reason}.`)
    this.reason = reason
  }
}

/** The last thing that onnxruntime says about a missing library or driver: before it come function names and conditions. */
export function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n')
  const said = line
    .replace(/\.$/, '')
    .split('. ')
    .at(-1)!
    .replace(/^Ort\w+: /, '')
  return said.charAt(0).toLowerCase() + said.slice(1)
}
