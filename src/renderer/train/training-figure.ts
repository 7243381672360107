import type { Table } from '../../charts/drawing/table'
import { trainingFigures } from '../../charts/training/training-figures'
import { Figure } from '../charts/figure.svelte'
import type { Explorer } from '../state/explorer.svelte'

/**
 * A figure of the run on screen, to be explained and taken away: with the command that trains it on, or asks its checkpoints where it
 * has no plan.
 */
export function trainingFigure(
  explorer: Explorer,
  id: keyof typeof trainingFigures,
  table: () => Table | null,
): Figure {
  return new Figure(explorer, () => ({
    figure: trainingFigures[id],
    params: null,
    result: null,
    // Read only by those who take it away.
    get table() {
      return table()
    },
    part: shownStep(explorer, id),
    given: { command: commandOf(explorer), json: () => jsonOf(explorer, table()) },
  }))
}

/** The step that is looked at, `step 2000`, or the two that are compared, `step 2000 to step 31500`. */
function shownStep({ training: { film } }: Explorer, id: keyof typeof trainingFigures): string {
  const names = [film.a, id === 'table' ? film.b : null].flatMap((subject) => {
    return subject ? [subject.step === null ? subject.name : `step ${subject.step}`] : []
  })
  return names.join(' to ')
}

function commandOf({ training: { record } }: Explorer): string {
  if (!record) return ''
  const path = JSON.stringify(record.path)
  return record.plan
    ? `carryscope train --resume ${path}`
    : `carryscope analyze performance --model ${path} --checkpoints`
}

function jsonOf({ training: { record } }: Explorer, table: Table | null): string {
  const { path, plan, steps } = record ?? {}
  return JSON.stringify({ run: { path, plan, steps }, result: table })
}
