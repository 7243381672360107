import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** How a command ended that was killed on the way. */
export interface KilledCommand {
  /** Its exit code at last; null after a signal that nobody here sent. */
  readonly code: number | null
  readonly kills: number
}

/** When something is killed: after so many milliseconds, or as soon as something is so. */
export type Moment = number | (() => boolean)

/**
 * Gives a command again and again until it ends by itself. The n-th time its whole process group is killed at `moments[n]`, at
 * whatever it is then; after the last of them it is let alone. `argsOf` is asked before each time.
 */
export async function runKilled(
  entry: string,
  argsOf: () => readonly string[],
  moments: readonly Moment[],
): Promise<KilledCommand> {
  for (let kills = 0; ; kills++) {
    const child = spawn(process.execPath, [entry, ...argsOf()], { detached: true, stdio: 'ignore' })
    const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
    const timer = at(moments[kills], () => killGroup(child.pid!))
    const [code, signal] = await ended
    clearTimeout(timer)
    if (signal !== 'SIGKILL') return { code, kills }
  }
}

function at(moment: Moment | undefined, act: () => void): NodeJS.Timeout | undefined {
  if (moment === undefined) return undefined
  if (typeof moment === 'number') return setTimeout(act, moment)
  return setInterval(() => {
    if (moment()) act()
  }, 5)
}

/** So many times in milliseconds, up to `longest`, the same for the same seed. */
export function randomDelays(count: number, longest: number, seed: number): number[] {
  const generator = xoroshiro128plus(seed)
  return Array.from({ length: count }, () => uniformInt(generator, 0, longest))
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // It has just ended by itself, and that is told of already.
  }
}
