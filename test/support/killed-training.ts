import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runKilled, type KilledCommand, type Moment } from './killed-command'

const sizes = '--digits 2 --layers 1 --heads 1 --d-model 8 --d-head 4 --batch-size 16'.split(' ')

/** A small training in a folder, killed at each of the moments that it lasts to, and resumed until it is done. */
export function smallTraining(
  entry: string,
  folder: string,
  { seed = 0, steps, interval }: { readonly seed?: number; readonly steps: number; readonly interval: number },
  moments: readonly Moment[] = [],
): Promise<KilledCommand> {
  const begin = ['--out', folder, ...sizes, ...['--seed', seed, '--steps', steps, '--interval', interval].map(String)]
  const argsOf = () => ['train', ...(existsSync(join(folder, 'training.json')) ? ['--resume', folder] : begin)]
  return runKilled(entry, argsOf, moments)
}

/** Whether a training has left so many checkpoints. */
export function hasCheckpoints(folder: string, count: number): boolean {
  const place = join(folder, 'checkpoints')
  return existsSync(place) && readdirSync(place).filter((name) => name.endsWith('.safetensors')).length >= count
}

/** Everything that a training leaves, by file name, but for the time it took: two that are alike leave the same. */
export function leftBy(folder: string): Readonly<Record<string, string>> {
  const names = [
    'model.safetensors',
    'config.json',
    ...readdirSync(join(folder, 'checkpoints')).map((name) => `checkpoints/${name}`),
  ]
  const read = (name: string) => [name, readFileSync(join(folder, name)).toString('base64')] as const
  const log = readFileSync(join(folder, 'log.jsonl'), 'utf8').replaceAll(/,"seconds":[^,}]*/g, '')
  return { ...Object.fromEntries(names.map(read)), 'log.jsonl': log }
}
