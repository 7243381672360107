import type { ParamsOf, ResultOf } from '../../analyses/registry'
import { digitLabels } from '../../core/positions'
import { logitClosure, pathClosure, type Closure } from '../drawing/closure'
import { signedText } from '../drawing/number-text'
import { bothRuns } from '../both-runs'
import { renameNote } from '../drawing/run-names'
import { defineFigure, type Answer, type ShownFigure } from '../figure'
import { answerDigitsOf } from '../../core/tokens'
import { attributionNote, attributionTable } from './attribution'
import { attributionChart } from './attribution-chart'
import { ofAttribution } from './attribution-definition'
import type { AttributedRun, AttributionDatum, AttributionInput } from './attribution-input'
import { headOfComponent } from './component'

type Attribution = AttributedRun['attribution']
type Attributed = Pick<ResultOf<'dla'>, 'attribution' | 'closure'>

/** What each part of the last residual stream adds to the logits of one sum. */
export const dlaFigure = defineFigure({
  id: 'dla',
  title: 'Logit attribution',
  analysis: 'dla',
  about: 'sum',
  intervened: true,
  cells: [25],
  definition: {
    formula: '(part / scale) @ W_U, for each part of the last residual stream',
    hook: ofAttribution.hook,
    layerNorm: ofAttribution.layerNorm,
    unit: 'logits',
    published: 'The published figure leaves b_O and b_U out, so that its parts do not add up to the logits.',
  },
  parts: { kind: 'digit', of: (result) => digitsIn(result.attribution) },
  show: (answer) => attribution('Logit attribution', logitClosure, answer),
})

/** The same, by the path that it took. */
export const pathDlaFigure = defineFigure({
  id: 'path-dla',
  title: 'Logit attribution by path',
  analysis: 'path-dla',
  about: 'sum',
  intervened: true,
  cells: [28],
  definition: {
    formula: 'pattern · (source / ln1 scale) @ W_V @ W_O, then as the logit attribution',
    hook: ofAttribution.pathHook,
    layerNorm: ofAttribution.pathLayerNorm,
    unit: 'logits',
    published:
      'The published figure divides by the LayerNorm scale of layer 0 where layer 1 reads, and leaves the biases out.',
  },
  parts: { kind: 'digit', of: (result) => digitsIn(result.attribution) },
  show: (answer) => attribution('Logit attribution by path', pathClosure, answer),
})

function digitsIn({ shape }: Attribution): readonly string[] {
  return digitLabels(shape[1]!)
}

/** Of one run, or, where the surroundings know the clean run too, of both side by side. */
function attribution(
  title: string,
  closureOf: (parts: readonly string[], residual: number) => Closure,
  answer: Answer<Attributed, Pick<ParamsOf<'dla'>, 'sum' | 'interventions'>>,
): ShownFigure<AttributionDatum> {
  const { result, params, part, layout, delta } = answer
  const shares = result.attribution
  const truth = answerDigitsOf(params.sum, layout)
  const focus = digitsIn(shares).indexOf(part)
  const runs = bothRuns(answer, ({ attribution }) => withLogits(attribution))
  const { now, names, intervened } = runs
  const input: AttributionInput = { ...runs, focus, truth, show: delta ? 'delta' : 'now' }
  return {
    label: `${title}, ${part}: what each part adds to the logit of each digit`,
    finding: mostFor(shares, focus, truth[focus] ?? now.predicted[focus]!),
    rows: shares.shape[0]! + 1,
    draw: (display) => attributionChart(input, display),
    // Drawn at every keystroke, but read only once the values have come to rest.
    get table() {
      return attributionTable(input, `${title}, ${part}, in logits`)
    },
    closure: closureOf(shares.labels.component ?? [], result.closure),
    note: (datum) => renameNote(attributionNote(datum, intervened), names),
    subject: ({ component, logit }) => ({
      digit: String(logit),
      ...(headOfComponent(component) && { head: component }),
    }),
  }
}

/** Which part adds the most to the right digit, and how much of it there is. */
function mostFor({ shape, data, labels }: Attribution, focus: number, digit: number): string {
  const [components, digits, outputs] = shape as [number, number, number]
  const added = Array.from({ length: components }, (_, component) => {
    return data[(component * digits + focus) * outputs + digit]!
  })
  const total = added.reduce((sum, share) => sum + share, 0)
  const most = added.indexOf(Math.max(...added))
  const alone = added.filter((share, component) => {
    const start = (component * digits + focus) * outputs
    return share > 0 && share === Math.max(...data.subarray(start, start + outputs))
  })
  return `${alone.length} of ${components} parts alone would answer ${digit} too. Most for the right digit, ${digit}, comes from ${labels.component![most]}: ${signedText(added[most]!, 1)} logits, where all add ${signedText(total, 1)}.`
}

/** The result holds the parts only: their sum is drawn as the logit. */
function withLogits(shares: Attribution): AttributedRun {
  const [components, digits, outputs] = shares.shape as [number, number, number]
  const data = new Float64Array(digits * outputs)
  for (let component = 0; component < components; component++)
    for (let at = 0; at < data.length; at++) data[at]! += shares.data[component * data.length + at]!
  const rows = Array.from({ length: digits }, (_, digit) => data.subarray(digit * outputs, (digit + 1) * outputs))
  const predicted = rows.map((row) => row.indexOf(Math.max(...row)))
  const logits = { dims: ['digit', 'vocab'], shape: [digits, outputs], data, labels: {} } as const
  return { attribution: shares, logits, predicted }
}
