import type { OverSteps } from '../../analyses/over-steps'
import type { AnalysisId, ResultOf } from '../../analyses/registry'
import { counted } from '../../core/counted'
import type { Tensor } from '../../core/tensor'
import type { AnyFigure, Figure, ShownFigure } from '../figure'
import type { Chart } from '../drawing/chart'
import { metrics, type Display } from '../drawing/display'
import { markSeries } from '../echarts/marks'
import { curvesBox, curvesChart, type CurvesDatum } from './curves-chart'
import { endNames } from './end-names'
import { stepsOf, valueAt, valuesOf, type Curve, type Curves } from './curves'
import type { Scale } from './scales'

/** A figure of an analysis over the states of a training, as curves over its steps. */
interface StepsFigure<Id extends AnalysisId> extends Pick<
  Figure<Id>,
  'id' | 'title' | 'analysis' | 'about' | 'params' | 'definition'
> {
  /** The entries that are drawn, each over the steps. */
  readonly curves: (result: OverSteps<ResultOf<Id>>) => readonly Curve[]
  readonly scaleOf: (values: readonly number[]) => Scale
  readonly textOf: (value: number) => string
}

/** Declares a figure over the steps of a training: what it reads of its result is held against its analysis. */
export function defineStepsFigure<const Id extends AnalysisId>({
  curves,
  scaleOf,
  textOf,
  ...declared
}: StepsFigure<Id>): AnyFigure {
  return {
    ...declared,
    overSteps: true,
    show: ({ result }) => {
      const lines = curves(result as OverSteps<ResultOf<Id>>)
      return shown(declared.title, { curves: lines, scale: scaleOf(valuesOf(lines)), textOf, dots: true })
    },
  }
}

/** The entries of a tensor over the steps that have one, each under a name; no more than `most`. */
export function curvesOf(
  { labels, shape, data }: Tensor,
  nameOf: (entry: number) => string,
  most = Infinity,
): readonly Curve[] {
  const steps = (labels['step'] ?? []).map(Number)
  const entries = shape.slice(1).reduce((product, extent) => product * extent, 1)
  const count = Math.min(entries, most)
  return Array.from({ length: count }, (_, entry) => ({
    name: nameOf(entry),
    rank: count > 1 ? entry / (count - 1) : 1,
    points: steps
      .map((step, row) => ({ step, value: data[row * entries + entry]! }))
      .filter(({ value }) => Number.isFinite(value)),
  })).filter(({ points }) => points.length > 0)
}

function shown(title: string, of: Curves): ShownFigure<CurvesDatum> {
  const steps = stepsOf(of.curves)
  const last = steps.at(-1) ?? 0
  return {
    label: `${title}, over the steps of the training`,
    finding: findingOf(of, steps),
    draw: (display) => namedCurves(of, last, display),
    note: ({ step, values }) => ({
      subject: `step ${step}`,
      lines: values.map(({ name, text }) => ({ label: name, value: text })),
    }),
    table: {
      caption: `${title}, by step`,
      columns: ['step', ...of.curves.map(({ name }) => name)],
      rows: steps.map((step) => [String(step), ...of.curves.map((curve) => valueAt(curve, step))]),
    },
  }
}

/** The curves, with room for their names and last values at the right. */
function namedCurves(of: Curves, last: number, display: Display): Chart<CurvesDatum> {
  const plot = { ...display, width: display.width - 100 * metrics(display).unit }
  const chart = curvesChart({ of, steps: last, at: null }, plot)
  const names = markSeries('names', endNames(of, last, curvesBox(plot), display))
  const series = [chart.option.series ?? []].flat()
  return { ...chart, width: display.width, option: { ...chart.option, series: [...series, names] } }
}

/** What changes most from the first step to the last. */
function findingOf({ curves, textOf }: Curves, steps: readonly number[]): string {
  const [first, last] = [steps[0] ?? 0, steps.at(-1) ?? 0]
  const changes = curves.map((curve) => ({ ...curve, from: valueAt(curve, first), to: valueAt(curve, last) }))
  const [most] = changes.toSorted((one, other) => Math.abs(other.to - other.from) - Math.abs(one.to - one.from))
  if (!most) return 'There is nothing to draw at any step.'
  return `${counted(steps.length, 'state')} from step ${first} to ${last}: ${most.name} changes most, from ${textOf(most.from)} to ${textOf(most.to)}.`
}
