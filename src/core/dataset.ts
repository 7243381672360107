import { mersenne } from 'pure-rand/generator/mersenne'
import { BadInput } from './bad-input'
import type { Sum } from './sum'
import type { TaskLayout } from './task-layout'

/** Which sums: `size` of them, drawn with `seed`. */
export interface DatasetChoice {
  readonly size: number
  readonly seed: number
}

/** More sums than this are not kept for whoever asks for the same again. */
const mostKept = 10_000
let drawnLast: { readonly key: string; readonly sums: readonly Sum[] } | undefined

/**
 * The sums that torch's CPU generator draws, bit for bit, for any size and seed.
 *
 * `torch.randint(low, high)` is `low + uint32 % (high - low)` on MT19937. The draws are, row-major: the first digits of all a (up to
 * the layout's largest, 0-4 so that the answer fits), the other digits of all a, the first digits of all b, the other digits of all
 * b. So the first sum of a large dataset is not that of a small one. Throws BadInput for a size below 1 or a seed outside 32 bits.
 */
export function sumDataset({ size, seed }: DatasetChoice, layout: TaskLayout): readonly Sum[] {
  if (!Number.isInteger(size) || size < 1)
    throw new BadInput(`A dataset of ${size} sums cannot be drawn: ask for a whole number of at least 1.`)
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new BadInput(`The seed ${seed} cannot be used: choose a whole number from 0 to 4294967295.`)
  const key = [size, seed, layout.operandDigits, layout.largestFirstDigit].join()
  if (drawnLast?.key === key) return drawnLast.sums
  const generator = mersenne(seed)
  const draw = (bound: number) => (generator.next() >>> 0) % bound
  const a = drawOperands(size, layout, draw)
  const b = drawOperands(size, layout, draw)
  const sums = Array.from({ length: size }, (_, index) => ({ a: a[index]!, b: b[index]! }))
  if (size <= mostKept) drawnLast = { key, sums }
  return sums
}

function drawOperands(
  size: number,
  { operandDigits, largestFirstDigit }: TaskLayout,
  draw: (bound: number) => number,
): Int32Array {
  const operands = Int32Array.from({ length: size }, () => draw(largestFirstDigit + 1))
  for (let index = 0; index < size; index++)
    for (let digit = 1; digit < operandDigits; digit++) operands[index] = operands[index]! * 10 + draw(10)
  return operands
}
