import { EngineFailure } from '../contract/failure'

/** Why a job that waited for its turn is not run. */
export const leftWaiting = {
  cancelled: () => new EngineFailure('cancelled', 'The analysis was cancelled while it waited for its turn.'),
  otherModel: () =>
    new EngineFailure('cancelled', 'Another model was opened while the analysis waited for its turn: ask again.'),
}
