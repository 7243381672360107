import { constants } from 'node:os'
import { oneSentence } from '../core/one-sentence'
import { systemCode, systemReason } from '../files/system-reason'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * How this process ends where no command has its say: on a signal as shells expect (130 for Ctrl-C), once a file that is being
 * written is whole and with its locks given back; where the reader of stdout has gone, quietly; where stdout cannot be written
 * to or something unforeseen happens, with a sentence. What cannot be said on stderr is not said, and ends nothing.
 */
export function watchExits(): void {
  for (const signal of signals)
    process.on(signal, () => {
      // A command that ends in its own way, such as `serve`, listens too, until the first signal.
      if (process.listenerCount(signal) > 1) return
      process.emit('exit', 128 + constants.signals[signal])
      // Ended by the signal itself, as it would be without this: an exit waits for what a pipe without a reader may hold up.
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    })
  // A command that another one runs ends with it.
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()
  process.stderr.on('error', () => {})
  process.stdout.on('error', (error) => {
    if (systemCode(error) === 'EPIPE') process.exit(128 + constants.signals.SIGPIPE)
    say(
      `The result could not be written to stdout (${systemReason(error)}); send it elsewhere, or to a file with --json.`,
    )
    process.exit(1)
  })
  const failed = (error: unknown) => {
    say(unforeseen(error))
    process.exit(1)
  }
  process.on('uncaughtException', failed)
  process.on('unhandledRejection', failed)
}

/** What nobody thought of, as one sentence. */
export function unforeseen(error: unknown): string {
  return oneSentence(
    `Carryscope failed where it should not have ("${systemReason(error)}"): run the command again, and report it if it fails again.`,
  )
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}
