import { formatTypedSum } from '../core/sum-text'
import { formatHeadSite, parseHeadSite } from '../core/head-site'
import type { ModelConfig } from '../model/config'
import { labSections, newLab, type LabSection, type LabState } from './lab'

/** The parts of a link that are the carry lab's, and how they are written: `site=H0.2@B3&from=1863+0888&moves=C1`. */
export const labKeys = ['lab', 'from', 'site', 'moves', 'take', 'via']

/** What is set on the bench, as parts of a link; nothing of what it chooses by itself. */
export function labParts({ donor, sites, moves, of, via }: LabState, { layout }: ModelConfig): readonly string[] {
  return [
    ...(donor ? [`from=${formatTypedSum(donor)}`] : []),
    ...(sites
      ? (sites.length > 0 ? sites : [null]).map((site) => `site=${site ? formatHeadSite(site, layout) : 'none'}`)
      : []),
    ...(moves ? [`moves=${moves.map((digit) => `C${digit}`).join(',') || 'none'}`] : []),
    ...(of === newLab.of ? [] : [`take=${of}`]),
    ...(via === '' ? [] : [`via=${via}`]),
  ]
}

/** What a link says of the bench, still to be checked by its schema. Throws BadInput for a site that is none. */
export function readLab(all: (key: string) => readonly string[], { layout }: ModelConfig): unknown {
  const [from] = all('from')
  const sites = all('site')
  const [moves] = all('moves')
  return {
    donor: from === undefined ? null : Array.from(from.replace('+', ''), digitOf),
    sites:
      sites.length === 0 ? null : sites.filter((text) => text !== 'none').map((text) => parseHeadSite(text, layout)),
    moves:
      moves === undefined
        ? null
        : moves === 'none'
          ? []
          : moves.split(',').map((text) => Number(/^C(\d)$/.exec(text)?.[1])),
    of: all('take')[0] ?? newLab.of,
    via: all('via')[0] ?? '',
  }
}

/** The section of the lab that a link shows; null where it shows none. */
export function readLabSection(text: string | undefined): LabSection | null {
  return labSections.find((section) => section === text) ?? null
}

/** `_` is a gap; a character that is no digit becomes NaN, which the schema refuses. */
function digitOf(character: string): number | null {
  return character === '_' ? null : /\d/.test(character) ? Number(character) : NaN
}
