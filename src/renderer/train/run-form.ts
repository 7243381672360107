import type { RunChoices } from '../../contract/training'
import { publishedLayout, sameLayout, type TaskLayout } from '../../core/task-layout'

/** A number of a run that can be chosen, and what it is without a choice. */
export interface RunField {
  readonly name: keyof Omit<RunChoices, 'preset' | 'layout'>
  readonly label: string
  /** What stands in the field while nothing is typed. */
  readonly usual: string
  readonly isWhole: boolean
}

const whole = { isWhole: true } as const

export const presets = [
  { value: 'bundled', label: 'bundled: new sums at every step' },
  { value: 'reference', label: 'reference: 100 epochs over 100,000 sums' },
] as const
export type Preset = (typeof presets)[number]['value']

/** In the order in which they stand in the sheet. */
export function fieldsOf(preset: Preset): readonly RunField[] {
  const isBundled = preset === 'bundled'
  return [
    { name: 'steps', label: 'Steps', usual: isBundled ? '30000' : '19500', ...whole },
    { name: 'seed', label: 'Seed', usual: '0', ...whole },
    { name: 'batchSize', label: 'Sums in a batch', usual: '512', ...whole },
    { name: 'learningRate', label: 'Highest learning rate', usual: '0.002', isWhole: false },
    ...(isBundled ? ([{ name: 'hardShare', label: 'Share of hard sums', usual: '0.5', isWhole: false }] as const) : []),
    { name: 'layers', label: 'Layers', usual: '2', ...whole },
    { name: 'heads', label: 'Heads in each', usual: '3', ...whole },
    { name: 'dModel', label: 'Width, d_model', usual: '48', ...whole },
    { name: 'dHead', label: 'Width of a head, d_head', usual: '24', ...whole },
    { name: 'dMlp', label: 'Neurons of each MLP', usual: 'none', ...whole },
  ]
}

/** What was typed into the sheet. */
export interface Typed {
  readonly preset: Preset
  readonly layout: TaskLayout
  readonly numbers: Readonly<Record<string, string>>
}

/** What is asked for, or the sentence that says what is no number. */
export function choicesOf({ preset, layout, numbers }: Typed): RunChoices | string {
  const choices: Record<string, number> = {}
  for (const { name, label, isWhole } of fieldsOf(preset)) {
    const text = (numbers[name] ?? '').trim()
    if (text === '') continue
    const value = Number(text)
    if (!Number.isFinite(value) || (isWhole && !Number.isInteger(value)))
      return `${label} is "${text.slice(0, 40)}", but it must be a ${isWhole ? 'whole ' : ''}number; correct it or leave it empty.`
    choices[name] = value
  }
  return { preset, ...(!sameLayout(layout, publishedLayout(4)) && { layout }), ...choices }
}
