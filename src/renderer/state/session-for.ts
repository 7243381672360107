import { sumDataset } from '../../core/dataset'
import type { TaskLayout } from '../../core/task-layout'
import { fitsModel } from '../../session/check-analysis'
import type { ModelInfo } from '../../contract/contract'
import {
  defaultView,
  digitsOfSum,
  newAnalysis,
  noPins,
  sessionVersion,
  type Pin,
  type Session,
} from '../../session/session'

/**
 * What a model that was just opened, in a layout if one was chosen, goes on with: of a session that means nothing to it, only how
 * things are looked at.
 */
export function sessionFor(model: ModelInfo, session: Session | null, layout: TaskLayout | null = null): Session {
  const fits = session !== null && fitsModel(session.analysis, model.config)
  const fittingPin = (pin: Pin | null) => (pin && fitsModel(pin.analysis, model.config) ? pin : null)
  return {
    version: sessionVersion,
    modelPath: model.path,
    model: { name: model.name, sha256: model.sha256 },
    layout,
    analysis: fits ? session.analysis : newAnalysis(firstDigits(model)),
    pins: session && fits ? { a: fittingPin(session.pins.a), b: fittingPin(session.pins.b) } : noPins,
    view: session?.view ?? defaultView,
  }
}

/** The first sum of the reference set: a start with something to see. */
function firstDigits({ config, reference }: ModelInfo): readonly number[] {
  return digitsOfSum(sumDataset(reference, config.layout)[0]!, config.layout)
}
