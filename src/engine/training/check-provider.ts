import { listSupportedBackends } from '../onnxruntime'
import { BadInput } from '../../core/bad-input'
import { initialState } from './initial-state'
import type { TrainingPlan } from './training-folder'
import { TrainingSession } from './training-session'

/** Returns a plan whose provider can take its steps on this machine; otherwise throws BadInput, before a folder is made. */
export async function checkProvider(plan: TrainingPlan): Promise<TrainingPlan> {
  const { recipe, provider } = plan
  const offered = listSupportedBackends().map(({ name }) => name)
  if (!offered.includes(provider))
    throw new BadInput(`There is no execution provider "${provider}" here; choose one of ${offered.join(', ')}.`)
  try {
    const session = await TrainingSession.create(recipe, initialState(recipe), provider)
    await session.release()
    return plan
  } catch (error) {
    throw new BadInput(
      `The execution provider "${provider}" cannot train here (${(error as Error).message}); leave --provider out to train on the CPU.`,
    )
  }
}
