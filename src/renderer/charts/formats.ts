import type { AnalysisResult } from '../../analyses/analysis'
import { tableDrawing } from '../../charts/kinds/table-drawing'
import { commaCsv, tableCsv } from '../../charts/drawing/table'
import { tokens } from '../../charts/drawing/tokens'
import { figureSvg } from '../../report/figure-svg'
import { modelText, subjectText } from '../../report/subject-text'
import { withTitle } from '../../report/svg-title'
import { answerToJson, spelledOut } from '../../contract/answer-json'
import { isAsked, type Shown, type Takeable } from './shown'
import { pngOf } from './png'

/** A form in which a figure leaves the window. */
export interface Format {
  readonly name: string
  readonly ending: string
  readonly type: string
  /** Clipboards take pictures as PNG and everything else as text. */
  readonly clipboardType: 'text/plain' | 'image/png'
  /** Of a figure that has a table. */
  readonly make: (figure: Takeable) => Promise<string | Blob>
}

export const formats: readonly Format[] = [
  {
    name: 'SVG',
    ending: 'svg',
    type: 'image/svg+xml',
    clipboardType: 'text/plain',
    make: async (figure) => {
      const { picture, ground } = shownOf(figure)
      return withTitle(figureSvg(picture, ground), titleOf(figure))
    },
  },
  {
    name: 'PNG',
    ending: 'png',
    type: 'image/png',
    clipboardType: 'image/png',
    make: async (figure) => pngOf(shownOf(figure)),
  },
  {
    name: 'CSV',
    ending: 'csv',
    type: 'text/csv',
    clipboardType: 'text/plain',
    make: async ({ table, now }) => tableCsv(table!, now.figure.definition.unit),
  },
  {
    name: 'semicolon CSV',
    ending: 'csv',
    type: 'text/csv',
    clipboardType: 'text/plain',
    make: async ({ table, now }) => tableCsv(table!, now.figure.definition.unit, commaCsv),
  },
  {
    name: 'JSON',
    ending: 'json',
    type: 'application/json',
    clipboardType: 'text/plain',
    make: jsonOf,
  },
]

/** What the picture is of, for whoever meets it elsewhere: the figure, its sums, the interventions and the model. */
function titleOf({ now: { figure, params, part = '' }, step, explorer: { model } }: Takeable): string {
  const subject =
    isAsked(figure) && params && subjectText(spelledOut(params, figure.about, model.reference), model.config)
  return [figure.title, part, subject, step, modelText(model)].filter(Boolean).join('; ')
}

/** The picture on screen, or one of the table where that is all there is. */
function shownOf({ shown, table, explorer }: Takeable): Shown {
  if (shown) return shown()
  const display = { ...explorer.colors, width: 0, height: 0, stage: false }
  return { picture: tableDrawing(table!, display), ground: tokens[explorer.colors.theme].panel }
}

/** What the command that gives the figure's numbers writes with `--json`. */
async function jsonOf({ now: { figure, params, result, given }, explorer }: Takeable): Promise<string> {
  if (!isAsked(figure)) return `${given!.json()}\n`
  const { analysis, about } = figure
  const answer: AnalysisResult = result ?? (await explorer.ask(analysis, params!))
  return `${JSON.stringify(answerToJson(analysis, explorer.model, spelledOut(params!, about, explorer.model.reference), answer))}\n`
}
