import type { ModelInfo } from '../../contract/contract'
import { BadInput } from '../../core/bad-input'
import { fitsModel } from '../../session/check-analysis'
import { isSameModel } from '../../session/permalink'
import type { Session } from '../../session/session'
import { wantsLayout } from './chosen-layout'

/** The model that a session was made with if it can be opened, else the one on screen, `open`. Throws where neither can be had. */
export async function modelOfSession(
  session: Session,
  open: ModelInfo | null,
  opened: (source: { readonly path: string }) => Promise<ModelInfo>,
): Promise<ModelInfo> {
  const { modelPath, model, analysis } = session
  const isOpen = open && isSameModel(model, open)
  if (isOpen && (modelPath === null || !wantsLayout(session, open))) return open
  if (modelPath === null) {
    if (open) return open
    throw new BadInput(`The session's model, ${model.name}, was dropped from a file: open that file first.`)
  }
  try {
    return await opened({ path: modelPath })
  } catch (error) {
    if (open && fitsModel(analysis, open.config)) return open
    throw error
  }
}
