import { expect, test } from 'vitest'
import { tokensOf } from '../../../src/core/tokens'
import { publishedLayout } from '../../../src/core/task-layout'
import { chunksOf, parseShard, shardRange } from '../../../src/model/exhaustive/shard'
import { groupCount, groupTokens, sumAt, sumCount } from '../../../src/model/exhaustive/sum-groups'

test.each([1, 2, 3])('all groups of %i digits together are every sum there is', (digits) => {
  const layout = publishedLayout(digits)
  const sums = Array.from({ length: sumCount(layout) }, (_, index) => sumAt(index, layout))
  expect(new Set(sums.map(({ a, b }) => a * 500 + b)).size).toBe(sums.length)
  const groups = groupTokens(0, groupCount(layout), layout).data
  expect(groups.slice(0, tokensOf(sums, layout).data.length)).toEqual(tokensOf(sums, layout).data)
})

test('some 130 operands a that follow one another are of all 50 leading digits', () => {
  const layout = publishedLayout(4)
  for (const first of [0, 1234, 4870]) {
    const leading = Array.from({ length: 130 }, (_, row) => sumAt((first + row) * 5000, layout).a)
    expect(new Set(leading.map((a) => Math.floor(a / 100))).size).toBe(50)
  }
})

test('four digits have 25,000,000 sums, and their last group is the last ten', () => {
  expect(groupCount(publishedLayout(4))).toBe(2_500_000)
  const { a } = sumAt(24_999_999, publishedLayout(4))
  const last = Array.from({ length: 10 }, (_, digit) => ({ a, b: 4990 + digit }))
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
