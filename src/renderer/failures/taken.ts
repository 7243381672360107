import type { Table } from '../../charts/drawing/table'
import { failureFigures } from '../../charts/failures/failure-figures'
import { formatIntervention } from '../../model/intervention-text'
import { Figure } from '../charts/figure.svelte'
import type { Explorer } from '../state/explorer.svelte'

/**
 * A figure of the evaluation of every sum, to be explained and taken away: with the command that evaluates as the window did. Its
 * table is only made when it is asked for, not with every report of a running evaluation.
 */
export function takenFigure(explorer: Explorer, id: keyof typeof failureFigures, table: () => Table | null): Figure {
  return new Figure(explorer, () => ({
    figure: failureFigures[id],
    params: null,
    result: null,
    get table() {
      return table()
    },
    given: { command: commandOf(explorer), json: () => jsonOf(explorer) },
  }))
}

function commandOf({ failures, model, config }: Explorer): string {
  const ablations = failures.exhaustive.of.map(
    (intervention) => ` --ablate ${formatIntervention(intervention, config)}`,
  )
  const path = model.path === null ? '' : ` --model ${JSON.stringify(model.path)}`
  return `carryscope evaluate --exhaustive${path}${ablations.join('')} --json -`
}

function jsonOf({ failures, model, config }: Explorer): string {
  const { every, exhaustive } = failures
  const { name, sha256 } = model
  const interventions = exhaustive.of.map((intervention) => formatIntervention(intervention, config))
  const { a = [], b = [], margin = [] } = every?.wrongSums ?? {}
  const wrongSums = Array.from(a, (one, index) => ({ a: one, b: b[index], margin: margin[index] }))
  return JSON.stringify({
    model: { name, sha256, config },
    params: { exhaustive: true, interventions, total: exhaustive.report?.total },
    result: { ...every, wrongSums },
  })
}
