import { expect, test } from 'vitest'
import { tokensOf } from '../../../src/core/tokens'
import { publishedLayout } from '../../../src/core/task-layout'
import { chunksOf, parseShard, shardRange } from '../../../src/model/exhaustive/shard'
import { groupCount, groupTokens, sumAt } from '../../../src/model/exhaustive/sum-groups'

test('all groups together are every sum there is, in order', () => {
  const sums = Array.from({ length: 50 }, (_, a) => Array.from({ length: 50 }, (_, b) => ({ a, b }))).flat()
  expect(groupTokens(0, groupCount(publishedLayout(2)), publishedLayout(2))).toEqual(tokensOf(sums, publishedLayout(2)))
  expect(sums.map((_, index) => sumAt(index, publishedLayout(2)))).toEqual(sums)
})

test('four digits have 25,000,000 sums, and their last group is the last ten', () => {
  expect(groupCount(publishedLayout(4))).toBe(2_500_000)
  const last = Array.from({ length: 10 }, (_, digit) => ({ a: 4999, b: 4990 + digit }))
  expect(groupTokens(groupCount(publishedLayout(4)) - 1, 1, publishedLayout(4))).toEqual(
    tokensOf(last, publishedLayout(4)),
  )
})

test.each([1, 3, 7, 250, 251])('%i shards, cut into chunks, are the whole without gap or overlap', (count) => {
  const chunks = Array.from({ length: count }, (_, index) => chunksOf(shardRange({ index: index + 1, count }, 250), 40))
  let reached = 0
  for (const { begin, end } of chunks.flat()) {
    expect(begin).toBe(reached)
    expect(end - begin).toBeGreaterThan(0)
    expect(end - begin).toBeLessThanOrEqual(40)
    reached = end
  }
  expect(reached).toBe(250)
})

test.each(['0/4', '5/4', '1', '1/0', '-1/4', '1.5/2'])('%s is no shard', (text) => {
  expect(() => parseShard(text)).toThrow(
    `"${text}" is not a shard; write which part of how many, from 1/8 to 8/8 for example.`,
  )
})
