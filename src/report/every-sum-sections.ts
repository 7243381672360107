import type { FixedFigure } from '../charts/figure'
import type { ModelInfo } from '../contract/contract'
import type { EverySum } from '../contract/exhaustive'
import type { Intervention } from '../model/intervention'
import { formatIntervention } from '../model/intervention-text'
import { exhaustiveCommandText } from './command-text'
import { everySumFigures } from './every-sum-figures'
import { reportPicture, type ReportPicture } from './report-picture'

/** An evaluation of every sum of the model that a report is of, and the interventions that acted. */
export interface ReportedSums {
  readonly every: EverySum
  readonly interventions: readonly Intervention[]
}

/** A figure of every sum with the evaluations that it is shown for. */
export interface EverySumSection {
  readonly figure: FixedFigure
  readonly variants: readonly EverySumVariant[]
}

interface EverySumVariant {
  /** `clean`, or what acted. */
  readonly caption: string
  /** What evaluates again. */
  readonly command: string
  readonly picture: ReportPicture
}

/** Draws the figures of every sum, each for all evaluations; `giveWay` is awaited between them. None without an evaluation. */
export async function everySumSections(
  evaluations: readonly ReportedSums[],
  model: ModelInfo,
  giveWay: () => Promise<void>,
): Promise<EverySumSection[]> {
  const sections: EverySumSection[] = []
  for (const { figure, size, show } of evaluations.length > 0 ? everySumFigures : []) {
    const variants: EverySumVariant[] = []
    for (const { every, interventions } of evaluations) {
      await giveWay()
      const acting = interventions.map((one) => formatIntervention(one, model.config))
      variants.push({
        caption: acting.length === 0 ? 'clean' : `under ${acting.join(' ')}`,
        command: exhaustiveCommandText(interventions, model),
        picture: reportPicture(size ? { size } : {}, show(every, model.config), ''),
      })
    }
    sections.push({ figure, variants })
  }
  return sections
}

/**
 * What is known of every sum as a JSON array, one piece for each evaluation: as `evaluate --exhaustive --json` writes it, without the
 * list of wrong sums.
 */
export function* everySumPieces(
  evaluations: readonly ReportedSums[],
  { name, sha256, config }: ModelInfo,
): Generator<string> {
  yield '[\n'
  for (const [index, { every, interventions }] of evaluations.entries()) {
    const { wrongSums: _, ...result } = every
    const ablate = interventions.map((one) => formatIntervention(one, config))
    const evaluation = { model: { name, sha256, config }, params: { exhaustive: true, ablate }, result }
    yield `${JSON.stringify(evaluation)}${index < evaluations.length - 1 ? ',' : ''}\n`
  }
  yield ']\n'
}
