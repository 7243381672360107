import { expect, test } from 'vitest'
import { LeastRecentlyUsed } from '../../src/core/least-recently-used'

test('the entry that was unused the longest is forgotten first', () => {
  const cache = new LeastRecentlyUsed<number>(2)
  cache.set('a', 1)
  cache.set('b', 2)
  expect(cache.get('a')).toBe(1)
  cache.set('c', 3)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3])
})
