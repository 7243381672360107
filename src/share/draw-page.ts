import { chosenIn, partsOf } from '../charts/figure'
import type { AnalysisResult } from '../analyses/analysis'
import type { TaskLayout } from '../core/task-layout'
import { Answers } from '../report/answers'
import type { ReportWork } from '../report/report'
import { reportPicture } from '../report/report-picture'
import type { DrawnPage, DrawnPicture, SharedStates, WantedPicture } from './shared-page'

/** Asks for all answers at once, and draws the pictures in the order of the states. Fails with the first that fails. */
export async function drawPage(page: SharedStates<WantedPicture>, work: ReportWork): Promise<DrawnPage> {
  const { layout } = page.model.config
  const wanted = page.states.flatMap(({ pictures }) => pictures)
  const answers = new Answers(work.ask, wanted.map(questionOf))
  let done = 0
  const states = []
  for (const state of page.states) {
    const pictures: DrawnPicture[] = []
    for (const picture of state.pictures) {
      const { result } = await answers.to(questionOf(picture))
      await work.giveWay()
      pictures.push(drawn(picture, result, layout))
      work.progress(++done, wanted.length)
    }
    states.push({ ...state, pictures })
  }
  return { ...page, states, answers: await answers.all() }
}

function questionOf({ figure: { analysis }, params }: WantedPicture) {
  return { analysis, params, overSteps: false }
}

function drawn(wanted: WantedPicture, result: AnalysisResult, layout: TaskLayout): DrawnPicture {
  const { figure, params, focus = null } = wanted
  const parts = partsOf(figure, result)
  const first = figure.parts?.first?.(result) ?? parts[0]!
  const part = wanted.part !== undefined && parts.includes(wanted.part) ? wanted.part : first
  const chosen = chosenIn(figure, wanted.chosen ?? {})
  const shown = figure.show({ result, params, part, layout, chosen, focus })
  return { ...wanted, picture: reportPicture(figure, shown, figure.parts?.together ? '' : part) }
}
