import type { EngineProcess } from '../../src/contract/engine-process'
import type { Trial } from '../../src/contract/trial'
import type { TrialRequest } from '../../src/contract/trial'

/** Trial processes that answer from a table; a provider that is not in it dies in its trial. */
export function fakeTrials(results: readonly Trial[]) {
  const asked: TrialRequest[] = []
  const spawn = (): EngineProcess => {
    let say: (message: unknown) => void = () => {}
    let die: (reason: string) => void = () => {}
    return {
      pid: undefined,
      kill: () => {},
      port: {
        post: (message) => {
          const request = message as TrialRequest
          asked.push(request)
          const result = results.find(({ provider }) => provider === request.provider)
          if (result) say(result)
          else die('its process ended with code 1')
        },
        on: (listener) => {
          say = listener
        },
        onClose: (listener) => {
          die = listener
        },
      },
    }
  }
  return { spawn, asked }
}
