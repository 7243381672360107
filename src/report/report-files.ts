import type { AnalysisParams } from '../analyses/registry'
import { answersPieces } from './answers-json'
import { everySumPieces } from './every-sum-sections'
import { fileName } from './file-name'
import { reportHtml } from './html'
import type { Report } from './report'
import { modelText, subjectText } from './subject-text'
import { withTitle } from './svg-title'

/** A report as a folder: the page, every figure for itself and every answer. Paths are relative, with `/`. */
export function reportFiles(report: Report): { readonly path: string; readonly content: string }[] {
  const { model } = report
  const titleOf = (title: string, part: string, params: AnalysisParams) =>
    [title, part, subjectText(params, model.config), modelText(model)].filter(Boolean).join('; ')
  const pictures = report.sections.flatMap(({ figure, variants }) =>
    variants.flatMap(({ caption, params, pictures }) =>
      pictures.flatMap(({ part, svg }) =>
        svg === null
          ? []
          : [
              {
                path: `figures/${fileName([figure.id, part, caption])}.svg`,
                content: withTitle(svg, titleOf(figure.title, part, params)),
              },
            ],
      ),
    ),
  )
  return [
    { path: 'report.html', content: reportHtml(report) },
    { path: 'answers.json', content: [...answersPieces(report)].join('') },
    ...pictures,
    ...everySumFiles(report),
  ]
}

/** Those of every sum, where it is known. */
function everySumFiles({
  model,
  everySum,
  everySumSections,
}: Report): { readonly path: string; readonly content: string }[] {
  if (everySum.length === 0) return []
  const pictures = everySumSections.flatMap(({ figure, variants }) =>
    variants.flatMap(({ caption, picture: { svg } }) =>
      svg === null
        ? []
        : [
            {
              path: `figures/${fileName([figure.id, caption])}.svg`,
              content: withTitle(svg, [figure.title, caption, modelText(model)].join('; ')),
            },
          ],
    ),
  )
  return [{ path: 'every-sum.json', content: [...everySumPieces(everySum, model)].join('') }, ...pictures]
}
