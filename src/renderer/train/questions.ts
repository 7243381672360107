import { formatHeadSite, type HeadSite } from '../../core/head-site'
import { sameLayout } from '../../core/task-layout'
import { bestSite } from '../lab/sites'
import type { AnyQuestion, CheckpointQuestion } from '../state/checkpoint-answers.svelte'
import type { Explorer } from '../state/explorer.svelte'
import type { Subject } from '../state/film.svelte'

/** How many sums a film's frame shows at most, and how many the best site is looked for with. */
const frameSums = 500
const siteSums = 250
const mostSites = 3

/** A site, and the digit whose carry its transplant is to move. */
export interface MovedSite {
  readonly site: HeadSite
  readonly digit: number
}

function sums({ session }: Explorer) {
  const { dataset, subset } = session.analysis
  return { dataset, subset }
}

/** Of how many sums a frame shows the chosen subset. */
export function frameSize({ session }: Explorer): number {
  return Math.min(session.analysis.dataset.size, frameSums)
}

export function cloudQuestion(explorer: Explorer, { of }: Subject): CheckpointQuestion<'residual-circle'> {
  const { dataset, subset } = sums(explorer)
  const size = frameSize(explorer)
  return { id: 'residual-circle', params: { dataset: { ...dataset, size }, subset, examples: size }, of }
}

export function performanceQuestion(explorer: Explorer, { of }: Subject): CheckpointQuestion<'performance'> {
  return { id: 'performance', params: sums(explorer), of }
}

export function unembeddingQuestion({ of }: Subject): CheckpointQuestion<'unembedding'> {
  return { id: 'unembedding', params: {}, of }
}

export function movedQuestion(
  explorer: Explorer,
  { of }: Subject,
  { site }: MovedSite,
): CheckpointQuestion<'transplant'> {
  return { id: 'transplant', params: { ...sums(explorer), at: [formatHeadSite(site, of.layout)] }, of }
}

function mapQuestion(explorer: Explorer, { of }: Subject): CheckpointQuestion<'transplant-map'> {
  const { dataset } = sums(explorer)
  return { id: 'transplant-map', params: { dataset: { ...dataset, size: Math.min(dataset.size, siteSums) } }, of }
}

/**
 * The sites that are followed over the steps: those chosen on the bench, else for each digit the one that alone moves it most. Null
 * while it is not known which one does.
 */
export function movedSites(explorer: Explorer): readonly MovedSite[] | null {
  const { last } = explorer.training.film
  if (!last) return null
  const map = explorer.training.film.answers.of(mapQuestion(explorer, last))
  const digits = Array.from({ length: last.of.layout.answerDigits }, (_, digit) => digit)
  const chosen = sameLayout(last.of.layout, explorer.config.layout) ? explorer.session.analysis.lab.sites : null
  if (chosen && chosen.length > 0 && chosen.every((site) => fits(site, last)))
    return chosen.slice(0, mostSites).map((site) => ({ site, digit: explorer.focus }))
  if (!map) return null
  return digits
    .flatMap((digit) => {
      const site = bestSite(map, digit)
      return site ? [{ site, digit }] : []
    })
    .slice(0, mostSites)
}

function fits({ layer, head }: HeadSite, { config }: Subject): boolean {
  return layer < config.n_layers && head < config.n_heads
}

/** All that the workspace shows of checkpoints, in the order in which it is missed. */
export function wantedQuestions(explorer: Explorer): readonly AnyQuestion[] {
  const { film } = explorer.training
  const { a, b, last, nearest } = film
  const ends = [a, b].filter((subject) => subject !== null)
  const sites = movedSites(explorer) ?? []
  const measures = (subject: Subject) => [performanceQuestion(explorer, subject), unembeddingQuestion(subject)]
  return [
    ...ends.map((subject) => cloudQuestion(explorer, subject)),
    ...ends.flatMap(measures),
    ...nearest.map((subject) => cloudQuestion(explorer, subject)),
    ...(last ? [mapQuestion(explorer, last)] : []),
    ...ends.flatMap((subject) => sites.map((site) => movedQuestion(explorer, subject, site))),
    ...nearest.flatMap(measures),
    ...nearest.flatMap((subject) => sites.map((site) => movedQuestion(explorer, subject, site))),
  ]
}
