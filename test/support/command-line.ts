import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './installed'

interface ClassResult {
  readonly loss: { readonly data: readonly (number | null)[]; readonly labels: { readonly pattern: readonly string[] } }
}

/** The result of an analysis as the command line tells it, over its usual 1000 sums of seed 42 where it is about sums. */
export function analyze<Result = ClassResult>(id: string, model: string, ...options: readonly string[]): Result {
  const cli = join(root, 'out/main/cli.js')
  const args = [cli, 'analyze', id, '--model', model, ...options, '--json', '-']
  const printed = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return (JSON.parse(printed) as { result: Result }).result
}
