import { BadInput } from '../../core/bad-input'
import { oneOf } from '../../core/written-values'

/** What can differ from run to run, by the option of `train` that says it for one. */
const variable = [
  'seed',
  'weight-decay',
  'learning-rate',
  'batch-size',
  'steps',
  'interval',
  'preset',
  'digits',
  'layers',
  'heads',
  'd-model',
  'd-head',
  'd-mlp',
  'act-fn',
  'normalization',
] as const
export type Variable = (typeof variable)[number]

/** An option and the values that it takes, as they would be written on the command line. */
export interface Axis {
  readonly option: Variable
  readonly values: readonly string[]
}

/** One combination of values; its name is that of its folder: `seed=0,weight-decay=1e-3`. */
export interface GridRun {
  readonly name: string
  readonly values: Readonly<Partial<Record<Variable, string>>>
}

/** More runs than anyone means to start at once. */
const mostRuns = 10_000

/** Reads `seeds=0-7` or `weight-decay=0,1e-3`: values with commas between, and ranges of whole numbers. Throws BadInput. */
export function parseAxis(text: string): Axis {
  const [, name, written] = /^([\w-]+)=(.+)$/.exec(text) ?? []
  if (name === undefined || written === undefined)
    throw new BadInput(
      `"${text}" is no axis of a grid; write an option of train and its values, as in --grid seeds=0-7 or --grid weight-decay=0,1e-3.`,
    )
  const option = oneOf(variable, 'axis of a grid', singular(name))
  const values = written.split(',').flatMap((value) => rangeOf(value, text))
  const bad = values.find((value) => !/^[\w.+-]+$/.test(value))
  if (bad !== undefined)
    throw new BadInput(
      `The grid "${text}" has a value "${bad}"; write values with commas between, as in seeds=0,3,5-7.`,
    )
  const twice = values.find((value, index) => values.indexOf(value) < index)
  if (twice !== undefined) throw new BadInput(`The grid "${text}" has the value ${twice} twice; leave one of them out.`)
  return { option, values }
}

/** Every combination, the last axis fastest. Throws BadInput where an option has two axes or there are too many runs. */
export function runsOf(axes: readonly Axis[]): readonly GridRun[] {
  const twice = axes.find(({ option }, index) => axes.findIndex((other) => other.option === option) < index)
  if (twice) throw new BadInput(`The grid has two axes "${twice.option}"; put all their values in one.`)
  const count = axes.reduce((product, { values }) => product * values.length, 1)
  if (count > mostRuns)
    throw new BadInput(`The grid has ${count} runs, and at most ${mostRuns} are made; leave values out.`)
  let runs: readonly GridRun['values'][] = [{}]
  for (const { option, values } of axes)
    runs = runs.flatMap((run) => values.map((value) => ({ ...run, [option]: value })))
  return runs.map((values) => ({ name: nameOf(values), values }))
}

function nameOf(values: GridRun['values']): string {
  return Object.entries(values)
    .map(([option, value]) => `${option}=${value}`)
    .join(',')
}

function singular(name: string): string {
  const known = (variable as readonly string[]).includes(name)
  return known || !name.endsWith('s') ? name : name.slice(0, -1)
}

/** `0-7` as 0 to 7; anything else as it is. */
function rangeOf(value: string, text: string): string[] {
  const [, first, last] = (/^(\d+)-(\d+)$/.exec(value) ?? []).map(Number)
  if (first === undefined || last === undefined) return [value]
  if (last < first || last - first >= mostRuns)
    throw new BadInput(
      `The range ${value} in the grid "${text}" must go up, over at most ${mostRuns} numbers; write it as 0-7.`,
    )
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index))
}
