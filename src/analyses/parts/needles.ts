import { isReadBy } from '../../core/head-site'
import { headLabel } from '../../core/heads'
import { digitLabels, positionLabels } from '../../core/positions'
import { tensor } from '../../core/tensor'
import type { ModelConfig } from '../../model/config'
import type { AttentionRows } from './attention-rows'

const bins = 25
/** How many of each digit are shown, and how many of them may have the same head and query. */
const perDigit = 12
const perQuery = 2
/** How many of each digit that something reads are shown in any case. */
const perDigitRead = 6

/** An entry of attention that tells a digit's carry. */
export interface Needle {
  readonly layer: number
  readonly head: number
  readonly query: number
  readonly key: number
  readonly digit: number
}

/**
 * The best of each digit, whose areas are furthest from a half, and the best of those that its prediction reads; `area` is
 * [layer, head, query, key, digit].
 */
export function bestNeedles(config: ModelConfig, area: Float64Array): Needle[] {
  const { n_heads, n_ctx, layout } = config
  return digitLabels(layout.answerDigits).flatMap((_, digit) => {
    const found: { readonly needle: Needle; readonly distance: number }[] = []
    for (let index = digit; index < area.length; index += layout.answerDigits) {
      if (Number.isNaN(area[index])) continue
      const entry = Math.floor(index / layout.answerDigits)
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
    const read = new Set(
      best
        .filter((needle) => isReadBy({ layer: needle.layer, position: needle.query }, digit, config))
        .slice(0, perDigitRead),
    )
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
  const places = positionLabels(layout)
  const entry = needles.map(
    ({ layer, head, query, key, digit }) => `${headLabel(layer, head)} ${places[query]}→${places[key]} C${digit}`,
  )
  const axis = ['layer', 'head', 'query', 'key', 'digit'] as const
  return {
    histogram: tensor(['entry', 'group', 'bin'], [needles.length, 2, bins], data, {
      labels: { entry, group: ['carry', 'noCarry'] },
      unit: 'share',
    }),
    entries: tensor(
      ['entry', 'axis'],
      [needles.length, axis.length],
      Int32Array.from(needles.flatMap((needle) => axis.map((name) => needle[name]))),
      { labels: { entry, axis } },
    ),
  }
}
