import { headLabel } from '../../core/heads'
import { axis, tensorOver } from '../../core/axis'
import { digitLabels, positionLabels } from '../../core/positions'
import type { Tensor } from '../../core/tensor'
import type { ModelConfig } from '../../model/config'
import type { AttentionRows } from './attention-rows'

const bins = 25
/** How many of each digit are shown, and how many of them may have the same head and query. */
const perDigit = 12
const perQuery = 2
/** How many of each digit that something reads are shown in any case. */
const perDigitRead = 6

type AttentionAreas = Tensor<readonly ['layer', 'head', 'query', 'key', 'digit']>
type ReadBy = Tensor<readonly ['layer', 'position', 'digit']>

/** An entry of attention that tells a digit's carry. */
export interface Needle {
  readonly layer: number
  readonly head: number
  readonly query: number
  readonly key: number
  readonly digit: number
}

/**
 * The best of each digit, whose areas are furthest from a half, and the best of those that its prediction reads: `readBy` is 1 there.
 * An area that is NaN belongs to none.
 */
export function bestNeedles({ shape, data: area }: AttentionAreas, readBy: ReadBy): Needle[] {
  const [, n_heads, n_ctx, , digits] = shape as [number, number, number, number, number]
  const isRead = ({ layer, query, digit }: Needle) => readBy.data[(layer * n_ctx + query) * digits + digit] === 1
  return digitLabels(digits).flatMap((_, digit) => {
    const found: { readonly needle: Needle; readonly distance: number }[] = []
    for (let index = digit; index < area.length; index += digits) {
      if (Number.isNaN(area[index])) continue
      const entry = Math.floor(index / digits)
      const head = Math.floor(entry / (n_ctx * n_ctx))
      const needle = {
        layer: Math.floor(head / n_heads),
        head: head % n_heads,
        query: Math.floor(entry / n_ctx) % n_ctx,
        key: entry % n_ctx,
        digit,
      }
      found.push({ needle, distance: Math.abs(area[index]! - 0.5) })
    }
    const taken = new Map<string, number>()
    const best = found
      .toSorted((one, other) => other.distance - one.distance)
      .map(({ needle }) => needle)
      .filter(({ layer, head, query }) => {
        const place = `${layer} ${head} ${query}`
        taken.set(place, (taken.get(place) ?? 0) + 1)
        return taken.get(place)! <= perQuery
      })
    const read = new Set(best.filter(isRead).slice(0, perDigitRead))
    return best.filter((needle, rank) => rank < perDigit || read.has(needle))
  })
}

/** How the attention of each needle is spread, with a carry and without: shares of the sums in 25 bins from 0 to 1. */
export function needleHistograms(
  config: ModelConfig,
  needles: readonly Needle[],
  rows: AttentionRows,
  carry: readonly Uint8Array[],
) {
  const { n_ctx, layout } = config
  const data = new Float64Array(needles.length * 2 * bins)
  needles.forEach(({ layer, head, query, key, digit }, needle) => {
    const values = rows.of(layer, (head * n_ctx + query) * n_ctx + key)
    const members = [0, 0]
    values.forEach((value, example) => {
      const group = carry[digit]![example] === 1 ? 0 : 1
      const bin = Math.min(bins - 1, Math.floor(value * bins))
      data[(needle * 2 + group) * bins + bin]!++
      members[group]!++
    })
    for (let index = 0; index < 2 * bins; index++) data[needle * 2 * bins + index]! /= members[index < bins ? 0 : 1]!
  })
  return histogramsOf(needles, positionLabels(layout), data)
}

const placeNames = ['layer', 'head', 'query', 'key', 'digit'] as const

function histogramsOf(needles: readonly Needle[], places: readonly string[], data: Float64Array) {
  const names = needles.map(
    ({ layer, head, query, key, digit }) => `${headLabel(layer, head)} ${places[query]}→${places[key]} C${digit}`,
  )
  const entry = axis('entry', names)
  const indices = needles.flatMap((needle) => placeNames.map((name) => needle[name]))
  return {
    histogram: tensorOver([entry, axis('group', ['carry', 'noCarry']), axis('bin', bins)], data, 'share'),
    entries: tensorOver([entry, axis('axis', placeNames)], Int32Array.from(indices)),
  }
}

/** The histograms of needles that several parts have found, each of its own layers. */
export function joinedHistograms(
  needles: readonly Needle[],
  places: readonly string[],
  parts: readonly ReturnType<typeof histogramsOf>[],
) {
  const size = 2 * bins
  const known = new Map(
    parts.flatMap(({ histogram: { data, labels } }) =>
      labels['entry']!.map((name, row) => [name, data.subarray(row * size, (row + 1) * size)] as const),
    ),
  )
  const joined = histogramsOf(needles, places, new Float64Array(needles.length * size))
  joined.histogram.labels['entry']!.forEach((name, row) => {
    joined.histogram.data.set(known.get(name)!, row * size)
  })
  return joined
}
