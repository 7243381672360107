import type { ModelInfo } from '../../contract/contract'
import { sameLayout, type TaskLayout } from '../../core/task-layout'
import { isSameModel } from '../../session/permalink'
import type { Session } from '../../session/session'

/** Whether a session has its model in a layout that a person chose, and the model is open as its files say or as it was found. */
export function wantsLayout({ model, layout }: Session, open: ModelInfo): boolean {
  const { fileLayout, config } = open
  const isAsOpened = !fileLayout || sameLayout(fileLayout, config.layout)
  return layout !== null && isSameModel(model, open) && !sameLayout(layout, config.layout) && isAsOpened
}

/** The layout that a person chose, where the model is open in it. */
export function chosenFor(model: ModelInfo, session: Session | null): TaskLayout | null {
  const layout = session?.layout ?? null
  return layout && sameLayout(layout, model.config.layout) ? layout : null
}
