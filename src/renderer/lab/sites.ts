import type { ResultOf } from '../../analyses/registry'
import { headLabel } from '../../core/heads'
import type { HeadSite } from '../../core/head-site'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'
import type { Intervention } from '../../model/intervention'
import type { LabState } from '../../session/lab'

/** What a transplant of one site alone does, from the map of all. */
export interface AloneDigit {
  readonly digit: number
  /** Share of the pairs whose carry differs that get the donor's; NaN where none differs. */
  readonly moved: number
  /** Share of the pairs with the same carry that lose their digit. */
  readonly broken: number
}

export function sameSite(one: HeadSite, other: HeadSite): boolean {
  return one.layer === other.layer && one.head === other.head && one.position === other.position
}

/** The sites with one more, or with one less where it is among them. */
export function toggled(sites: readonly HeadSite[], site: HeadSite): readonly HeadSite[] {
  return sites.some((each) => sameSite(each, site)) ? without(sites, [site]) : [...sites, site]
}

/** The sites and those that are painted over them, on or off. */
export function painted(sites: readonly HeadSite[], some: readonly HeadSite[], on: boolean): readonly HeadSite[] {
  if (!on) return without(sites, some)
  return some.reduce((taken, site) => (taken.some((each) => sameSite(each, site)) ? taken : [...taken, site]), sites)
}

function without(sites: readonly HeadSite[], some: readonly HeadSite[]): readonly HeadSite[] {
  return sites.filter((site) => !some.some((each) => sameSite(each, site)))
}

/** What a site alone does to each digit. */
export function aloneOf(
  { moved, own }: ResultOf<'transplant-map'>,
  { layer, head, position }: HeadSite,
): readonly AloneDigit[] {
  const [, heads, positions, digits] = moved.shape
  const first = ((layer * heads! + head) * positions! + position) * digits!
  return Array.from({ length: digits! }, (_, digit) => ({
    digit,
    moved: moved.data[first + digit]!,
    broken: 1 - own.data[first + digit]!,
  }))
}

/** The site that alone moves a digit's carry the most often; null where none moves any. */
export function bestSite({ moved }: ResultOf<'transplant-map'>, digit: number): HeadSite | null {
  const [, heads, positions, digits] = moved.shape as [number, number, number, number]
  let [best, most] = [-1, 0]
  for (let site = 0; site * digits < moved.data.length; site++)
    if (moved.data[site * digits + digit]! > most) [best, most] = [site, moved.data[site * digits + digit]!]
  if (best < 0) return null
  const head = Math.floor(best / positions)
  return { layer: Math.floor(head / heads), head: head % heads, position: best % positions }
}

/** The transplant as interventions on one sum: each head's positions together. */
export function transplantsOf(sites: readonly HeadSite[], of: LabState['of'], donor: Sum): readonly Intervention[] {
  const byHead = new Map<string, Intervention & { readonly positions: number[] }>()
  for (const { layer, head, position } of sites) {
    const name = headLabel(layer, head)
    const known = byHead.get(name) ?? { site: of, layer, head, positions: [], mode: 'patch', donor }
    known.positions.push(position)
    byHead.set(name, known)
  }
  return [...byHead.values()].map((one) => ({
    ...one,
    positions: one.positions.toSorted((first, second) => first - second),
  }))
}

/** Why this pair has nothing to compare, in one sentence; null where it has. */
export function pairProblem(sum: Sum | null, donor: Sum | null, layout: TaskLayout): string | null {
  if (!sum) return 'The sum is not complete: type its digits first.'
  if (!donor)
    return `The donor is not complete: type all ${2 * layout.operandDigits} of its digits, or draw one with D.`
  return sum.a === donor.a && sum.b === donor.b ? 'Donor and sum are the same: nothing would move.' : null
}
