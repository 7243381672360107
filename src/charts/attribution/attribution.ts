import { logitRow, type AttributedRun, type AttributionDatum, type AttributionInput } from './attribution-input'
import { hookOfComponent } from './component'
import { signedText } from '../drawing/number-text'
import type { Note } from '../drawing/note'
import { usualNames } from '../drawing/run-names'
import type { Table } from '../drawing/table'

/**
 * One row for each component and one for the logit, with ten digits each. An intervention can add a component that the
 * clean run does not have; there it adds nothing.
 */
export function attributionRows({ clean, now, focus }: AttributionInput): AttributionDatum[][] {
  const components = componentsOf(now).length > componentsOf(clean).length ? componentsOf(now) : componentsOf(clean)
  const columns = Array.from({ length: 10 }, (_, logit) => logit)
  const parts = components.map((component) =>
    columns.map((logit) => ({
      component,
      logit,
      clean: share(clean, component, focus, logit),
      now: share(now, component, focus, logit),
    })),
  )
  const whole = columns.map((logit) => {
    const at = focus * clean.logits.shape[1]! + logit
    return { component: logitRow, logit, clean: clean.logits.data[at]!, now: now.logits.data[at]! }
  })
  return [...parts, whole]
}

function componentsOf({ attribution }: AttributedRun): readonly string[] {
  return attribution.labels.component ?? []
}

function share({ attribution }: AttributedRun, component: string, digit: number, logit: number): number {
  const [, digits, logits] = attribution.shape
  const row = attribution.labels.component?.indexOf(component) ?? -1
  return row < 0 ? 0 : attribution.data[(row * digits! + digit) * logits! + logit]!
}

export function attributionNote({ component, logit, clean, now }: AttributionDatum, intervened: boolean): Note {
  const subject = `${component === logitRow ? 'logit' : component} → digit ${logit}`
  const lines = intervened
    ? [
        { label: 'clean', value: signedText(clean, 1) },
        { label: 'intervened', value: signedText(now, 1) },
        { label: 'Δ', value: `${signedText(now - clean, 1)} logits` },
      ]
    : [{ label: 'clean', value: `${signedText(clean, 1)} logits` }]
  const hook = hookOfComponent(component)
  return hook === null ? { subject, lines } : { subject, lines, hook }
}

export function attributionTable(input: AttributionInput, caption: string): Table {
  const columns = Array.from({ length: 10 }, (_, digit) => String(digit))
  const { clean, now } = input.names ?? usualNames
  const rows = attributionRows(input).flatMap((row) => [
    [row[0]!.component, clean, ...row.map((datum) => datum.clean)],
    ...(input.intervened ? [[row[0]!.component, now, ...row.map((datum) => datum.now)]] : []),
  ])
  return { caption, columns: ['component', 'run', ...columns], rows }
}
