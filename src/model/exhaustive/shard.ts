import { BadInput } from '../../core/bad-input'

/** Part `index` (from 1) of `count` parts of the same work, for as many machines. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** From `begin` (inclusive) to `end` (exclusive). */
export interface Range {
  readonly begin: number
  readonly end: number
}

/** Reads `2/8`. Throws BadInput for anything else. */
export function parseShard(text: string): Shard {
  const [, index, count] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number)
  if (index === undefined || count === undefined || index < 1 || index > count)
    throw new BadInput(`"${text}" is not a shard; write which part of how many, from 1/8 to 8/8 for example.`)
  return { index, count }
}

/** The shard's part of 0 .. total - 1; the parts of all shards are that, in order. */
export function shardRange({ index, count }: Shard, total: number): Range {
  return { begin: Math.floor((total * (index - 1)) / count), end: Math.floor((total * index) / count) }
}

/** A range in consecutive pieces of `size`, the last one shorter. */
export function chunksOf({ begin, end }: Range, size: number): Range[] {
  return Array.from({ length: Math.ceil((end - begin) / size) }, (_, index) => {
    return { begin: begin + index * size, end: Math.min(end, begin + (index + 1) * size) }
  })
}

/** The same in pieces of which the first are small, each twice the one before, until they reach `size`. */
export function growingChunks({ begin, end }: Range, size: number): Range[] {
  const chunks: Range[] = []
  for (let from = begin, length = Math.ceil(size / 32); from < end; length = Math.min(size, 2 * length)) {
    const to = Math.min(end, from + length)
    chunks.push({ begin: from, end: to })
    from = to
  }
  return chunks
}
