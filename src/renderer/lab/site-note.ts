import type { Note } from '../../charts/drawing/note'
import { isRead, type HeadSite } from '../../core/head-site'
import { headLabel } from '../../core/heads'
import { positionLabels } from '../../core/positions'
import type { ModelConfig } from '../../model/config'
import { hookOf } from '../../model/intervention'
import type { LabState } from '../../session/lab'
import type { AloneDigit } from './sites'

/** What a site alone does, for its tooltip: what it moves, what that breaks, and where it is read. */
export function siteNote(site: HeadSite, alone: readonly AloneDigit[], of: LabState['of'], config: ModelConfig): Note {
  const { layer, head, position } = site
  const percent = (share: number) => `${Math.round(100 * share)} %`
  const listed = (digits: readonly AloneDigit[], of: (digit: AloneDigit) => number) =>
    digits
      .toSorted((one, other) => of(other) - of(one))
      .slice(0, 3)
      .map((each) => `C${each.digit} ${percent(of(each))}`)
      .join(', ')
  const moved = alone.filter((each) => each.moved >= 0.005)
  const broken = alone.filter((each) => each.broken >= 0.005)
  const lines = isRead(site, config)
    ? [
        { label: 'alone', value: moved.length > 0 ? `${listed(moved, (each) => each.moved)} moved` : 'moves nothing' },
        { label: 'breaks', value: broken.length > 0 ? listed(broken, (each) => each.broken) : 'nothing' },
      ]
    : [{ label: 'alone', value: 'nothing reads it' }]
  return {
    subject: `${headLabel(layer, head)} @ ${positionLabels(config.layout)[position]}`,
    lines,
    hook: `${hookOf(of, layer)}[${position}, ${head}]`,
  }
}
