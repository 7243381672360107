import type { MethodParams } from '../contract/contract'
import type { AnalysisId } from '../analyses/registry'

type Question = MethodParams<'analyze'>

/** What the carry lab asks as soon as it is opened: one process answers alone, or each its share. */
const askedFirst: readonly (readonly [id: AnalysisId, divides: boolean])[] = [
  ['transplant-map', true],
  ['transplant', false],
  ['carry-needles', true],
  ['residual-circle', false],
  ['hierarchy', false],
]

/** Any cut does: first looks have one graph for all of them. */
const cut = { site: 'result', layer: 0, head: 0, positions: 'all', mode: 'zero' } as const

/**
 * Questions about a handful of sums that leave a process with the graphs that the lab's first questions need, the whole answers' and those of
 * first looks under interventions, so that no person waits for one to be built. They are asked in idle moments.
 */
export function preparations(share: { readonly index: number; readonly of: number }): Question[] {
  const dataset = { size: 8, seed: 42 }
  return askedFirst.flatMap(([id, divides]): Question[] => [
    { id, params: { dataset }, schedule: { idle: true, ...(divides && { share }) } },
    ...(id === 'hierarchy'
      ? []
      : [{ id, params: { dataset, interventions: [cut] }, schedule: { idle: true as const, first: dataset.size } }]),
  ])
}
