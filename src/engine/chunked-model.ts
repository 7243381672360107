import { tensor, type Tensor } from '../core/tensor'
import type { ActivationCache, Edit, Model, RunOptions, Tokens } from '../model/model'
import { hookOfSum, sumOverExamples } from '../model/summed-hook'
import type { Turn } from './scheduler'

/** How long a chunk should take: short enough for a keystroke to slip in between, long enough to be efficient. */
const wantedMs = 12
const smallest = 16

/**
 * A model whose runs are split along the example axis into chunks of a few milliseconds, with a turn awaited before each,
 * so that any analysis gives way and can be cancelled without knowing of it. More than `largest` examples at a time leave
 * the processor's caches and gain nothing.
 */
export function chunkedModel(model: Model, turn: Turn, { largest = 256 } = {}): Model {
  let size = Math.min(largest, 128)

  const run = async (tokens: Tokens, options: RunOptions): Promise<ActivationCache> => {
    const [examples] = tokens.shape as [number, number]
    const parts: ActivationCache[] = []
    for (let begin = 0; begin < examples;) {
      const end = Math.min(examples, begin + size)
      await turn()
      const started = performance.now()
      parts.push(await model.run(rows(tokens, begin, end), optionsOfRows(options, begin, end, examples)))
      const ms = Math.max(0.1, performance.now() - started)
      size = Math.round(Math.min(largest, Math.max(smallest, ((end - begin) * wantedMs) / ms)))
      begin = end
    }
    return parts.length === 1 ? parts[0]! : joined(parts)
  }

  return { name: model.name, sha256: model.sha256, config: model.config, weights: model.weights, run }
}

/** Examples begin (inclusive) to end (exclusive) of a tensor whose first axis is the example; a view, not a copy. */
function rows<T extends Tensor>(whole: T, begin: number, end: number): T {
  const [examples, ...rest] = whole.shape as [number, ...number[]]
  const row = whole.data.length / examples
  const names = whole.labels['example']
  const labels = names ? { ...whole.labels, example: names.slice(begin, end) } : whole.labels
  return { ...whole, shape: [end - begin, ...rest], data: whole.data.subarray(begin * row, end * row), labels }
}

function optionsOfRows(options: RunOptions, begin: number, end: number, examples: number): RunOptions {
  const { edits, start } = options
  return {
    ...options,
    ...(edits && { edits: edits.map((edit) => editOfRows(edit, begin, end, examples)) }),
    ...(start && { start: { ...start, residPre: rows(start.residPre, begin, end) } }),
  }
}

function editOfRows({ hook, mask, value }: Edit, begin: number, end: number, examples: number): Edit {
  const part = <A extends Edit['mask'] | Edit['value']>(array: A): A => {
    const [extent, ...rest] = array.shape
    if (extent !== examples || examples === 1) return array
    const row = array.data.length / examples
    return { ...array, shape: [end - begin, ...rest], data: array.data.subarray(begin * row, end * row) }
  }
  return { hook, mask: part(mask), value: part(value) }
}

function joined(parts: readonly ActivationCache[]): ActivationCache {
  return new Map(
    [...parts[0]!.keys()].map((name) => {
      const whole = concatenated(parts.map((part) => part.get(name)!))
      return [name, hookOfSum(name) === undefined ? whole : sumOverExamples(whole)]
    }),
  )
}

function concatenated(parts: readonly Tensor[]): Tensor {
  const { dims, shape, labels, unit, data } = parts[0]!
  const length = parts.reduce((sum, part) => sum + part.data.length, 0)
  const whole = data instanceof Float64Array ? new Float64Array(length) : new Float32Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part.data, at)
    at += part.data.length
  }
  const names = labels['example'] && parts.flatMap((part) => part.labels['example'] ?? [])
  const examples = parts.reduce((sum, part) => sum + part.shape[0]!, 0)
  return tensor(dims, [examples, ...shape.slice(1)], whole, {
    labels: names ? { ...labels, example: names } : labels,
    ...(unit !== undefined && { unit }),
  })
}
