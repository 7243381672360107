import { answersPieces } from './answers-json'
import { fileName } from './file-name'
import { reportHtml } from './html'
import type { Report } from './report'

/** A report as a folder: the page, every figure for itself and every answer. Paths are relative, with `/`. */
export function reportFiles(report: Report): { readonly path: string; readonly content: string }[] {
  const pictures = report.sections.flatMap(({ figure, variants }) =>
    variants.flatMap(({ caption, pictures }) =>
      pictures.flatMap(({ part, svg }) =>
        svg === null ? [] : [{ path: `figures/${fileName([figure.id, part, caption])}.svg`, content: svg }],
      ),
    ),
  )
  return [
    { path: 'report.html', content: reportHtml(report) },
    { path: 'answers.json', content: [...answersPieces(report)].join('') },
    ...pictures,
  ]
}
