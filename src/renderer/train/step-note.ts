import type { Note } from '../../charts/drawing/note'
import type { CurvesDatum } from '../../charts/training/curves-chart'

/** What curves say at a step. */
export function stepNote({ step, values }: CurvesDatum): Note {
  return {
    subject: `step ${step.toLocaleString('en')}`,
    lines: [
      ...values.map(({ name, text }) => ({ label: name, value: text })),
      { label: 'click', value: 'go to the checkpoint' },
    ],
  }
}
