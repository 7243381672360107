import { tensor, type Tensor } from '../core/tensor'
import type { ModelConfig } from '../model/config'
import { runAs, type ActivationCache, type Edit, type Model, type RunOptions, type Tokens } from '../model/model'
import { hookOfSum, sumOverExamples } from '../model/summed-hook'
import type { Turn } from './scheduler'

/** Multiplications in one chunk: 8 to 15 ms on a slow processor, so that a keystroke slips in between. */
const wantedWork = 100e6

/**
 * A model whose runs are split along the example axis into chunks of a few milliseconds, with a turn awaited before each,
 * so that any analysis gives way and can be cancelled without knowing of it. More than `largest` examples at a time gain
 * nothing and keep more memory. The size follows from the model alone, never from a clock: sums over examples round
 * differently in other chunks, and the same question must have the same answer.
 */
export function chunkedModel(model: Model, turn: Turn, { largest = 200 } = {}): Model {
  const size = Math.max(1, Math.min(largest, Math.round(wantedWork / workPerExample(model.config))))

  const run = async (tokens: Tokens, options: RunOptions): Promise<ActivationCache> => {
    const [examples] = tokens.shape as [number, number]
    const parts: ActivationCache[] = []
    for (let begin = 0; begin < examples;) {
      const end = Math.min(examples, begin + size)
      await turn()
      parts.push(await model.run(rows(tokens, begin, end), optionsOfRows(options, begin, end, examples)))
      begin = end
    }
    return parts.length === 1 ? parts[0]! : joined(parts)
  }

  return runAs(model, run)
}

/** Multiplications of a forward pass of one sum, without the unembedding. */
function workPerExample({ n_layers, n_heads, n_ctx, d_model, d_head }: ModelConfig): number {
  return n_layers * n_ctx * n_heads * d_head * (4 * d_model + 2 * n_ctx)
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
  const { edits, start, clean } = options
  return {
    ...options,
    ...(edits && { edits: edits.map((edit) => editOfRows(edit, begin, end, examples)) }),
    ...(start && { start: { ...start, residPre: rows(start.residPre, begin, end) } }),
    ...(clean && {
      clean: new Map(
        [...clean].map(([hook, whole]) => [hook, hookOfSum(hook) === undefined ? rows(whole, begin, end) : whole]),
      ),
    }),
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
