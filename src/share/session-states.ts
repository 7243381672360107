import type { ModelInfo } from '../contract/contract'
import { isSameModel } from '../session/permalink'
import { checkAnalysis } from '../session/check-analysis'
import type { AnalysisState, Session } from '../session/session'
import { factsOf, titleOf, wantedPictures } from './figures-of-state'
import type { SharedState, SharedStates, WantedPicture } from './shared-page'

/** What is shown of each state, and what that tells: first of its sum, then of many sums. */
const shownFigures = [
  { id: 'predictions', tells: 'What is predicted for each digit.' },
  { id: 'dla', tells: 'What adds up to the prediction.' },
  { id: 'attention', tells: 'Where a head looks.' },
  { id: 'carry-classes', tells: 'How sums of each carry class fare.' },
  { id: 'head-ablation', tells: 'What each head is needed for.' },
  { id: 'carry-attention', tells: 'Where the last layer looks with a carry and without.' },
] as const
const benchFigures = [
  { id: 'transplant', tells: 'What a transplant of the chosen sites moves.' },
  { id: 'transplant-classes', tells: 'Which classes that transplant moves.' },
] as const

/**
 * A session: its present state and those that are pinned, by one figure after the other, with what is on the bench of the carry lab.
 * Throws BadInput where it does not fit the model.
 */
export function sessionStates(session: Session, model: ModelInfo): SharedStates<WantedPicture> {
  const { a, b } = session.pins
  const states = [
    { called: 'Now', analysis: session.analysis },
    ...(a ? [{ called: `A, ${a.name}`, analysis: a.analysis }] : []),
    ...(b ? [{ called: `B, ${b.name}`, analysis: b.analysis }] : []),
  ]
  for (const { analysis } of states) checkAnalysis(analysis, model.config)
  return {
    title: `A session with ${model.name}`,
    line: isSameModel(session.model, model)
      ? 'What was set up in Carryscope, as the model answers it.'
      : `It was made with ${session.model.name}, which is not open: what you see is ${model.name}’s answer to it.`,
    model,
    states: states.flatMap(({ called, analysis }) => statesOf(called, analysis, session, model)),
    data: { session: { ...session, modelPath: null } },
  }
}

function statesOf(
  called: string,
  analysis: AnalysisState,
  { view }: Session,
  model: ModelInfo,
): SharedState<WantedPicture>[] {
  const shown = { analysis, view }
  const hasBench = (analysis.lab.sites ?? []).length > 0 && model.config.n_layers > 1
  const figures = [...shownFigures, ...(hasBench ? benchFigures : [])]
  return figures.flatMap(({ id, tells }) => {
    const pictures = wantedPictures(id, shown, model)
    if (pictures.length === 0) return []
    return {
      title: titleOf(shown, model),
      line: `${called}. ${tells}`,
      verdict: null,
      facts: factsOf(shown, model),
      pictures,
    }
  })
}
