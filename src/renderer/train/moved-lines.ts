import type { ResultOf } from '../../analyses/registry'
import type { Curve } from '../../charts/training/curves'
import { formatHeadSite } from '../../core/head-site'
import type { Explorer } from '../state/explorer.svelte'
import type { Subject } from '../state/film.svelte'
import { movedQuestion, movedSites, type MovedSite } from './questions'

/** A line for each site that is followed: per cent of the pairs whose carry into its digit differs that its transplant moves. */
export function movedLines(explorer: Explorer): readonly Curve[] {
  const sites = movedSites(explorer) ?? []
  return sites.map((moved, index) => ({
    name: siteText(moved, explorer),
    rank: sites.length === 1 ? 1 : index / (sites.length - 1),
    points: explorer.training.film.subjects.flatMap((subject) => {
      const value = movedShare(explorer, subject, moved)
      return value === null || subject.step === null ? [] : [{ step: subject.step, value: 100 * value }]
    }),
  }))
}

/** `H0.2@B3 → C2`. */
export function siteText({ site, digit }: MovedSite, { training }: Explorer): string {
  return `${formatHeadSite(site, training.record!.config.layout)} → C${digit}`
}

/** Share of the pairs whose carry into the digit differs in which the site's transplant moves it; null while it is not known. */
export function movedShare(explorer: Explorer, subject: Subject, moved: MovedSite): number | null {
  const result = explorer.training.film.answers.of(movedQuestion(explorer, subject, moved))
  return result && shareMoved(result, moved.digit)
}

function shareMoved({ share }: ResultOf<'transplant'>, digit: number): number {
  const [outcome, group] = [share.labels.outcome!.indexOf('moved'), share.labels.group!.indexOf('differ')]
  const [, digits, outcomes] = share.shape as [number, number, number]
  return share.data[(group * digits + digit) * outcomes + outcome]!
}
