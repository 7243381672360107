import { BadInput } from '../../core/bad-input'
import { type Batches, batchesOf } from '../../model/training/batches'
import { learningRate } from '../../model/training/learning-rate'
import { phaseAt, totalSteps } from '../../model/training/phase'
import type { Recipe } from '../../model/training/recipe'
import { HeldOutEvaluation } from './held-out-evaluation'
import { initialState } from './initial-state'
import type { SavedState } from './state-file'
import type { TrainingFolder } from './training-folder'
import type { TrainingReport } from './training-report'
import { TrainingSession } from './training-session'
import type { TrainingState } from './training-state'

/** Whoever looks on while it trains. */
export interface Watch {
  /** Ends the training between two steps; those since the last checkpoint are lost. */
  readonly signal?: AbortSignal
  readonly onStep?: (step: number) => void
}

/**
 * Trains as the folder's plan says, from where the folder stands, and yields a report after each checkpoint. Whoever stops
 * asking stops the training; opening the folder again goes on with the same numbers. Throws BadInput where the loss is no
 * number any more, the folder cannot be written or another process trains in it.
 */
export async function* train(folder: TrainingFolder, watch: Watch = {}): AsyncGenerator<TrainingReport, void> {
  const lock = folder.lock()
  try {
    yield* checkpointsOf(folder, watch)
  } finally {
    lock.release()
  }
}

async function* checkpointsOf(folder: TrainingFolder, watch: Watch): AsyncGenerator<TrainingReport, void> {
  const { recipe, provider } = folder.plan
  const begun = folder.saved ?? { state: initialState(recipe), best: { step: 0, loss: Infinity }, seconds: 0 }
  const session = await TrainingSession.create(recipe, begun.state, provider)
  const evaluation = await HeldOutEvaluation.create(recipe.config, provider)
  try {
    const checkpoints = new Checkpoints(folder, evaluation, begun)
    if (!folder.saved) yield await checkpoints.take(begun.state, null)
    const batches = batchesOf(recipe)
    while (session.state.step < totalSteps(recipe)) {
      const loss = await stepsToCheckpoint(session, batches, folder, watch)
      if (loss === null) return
      yield await checkpoints.take(session.state, loss)
    }
    if (recipe.keep === 'last') folder.saveModel(session.state.parameters, session.state.step)
  } finally {
    await session.release()
    await evaluation.release()
  }
}

/** Whether a checkpoint follows a step: at every interval, at a phase's end, and more often at first, when most happens. */
export function isCheckpoint(recipe: Recipe, step: number): boolean {
  const early = step < recipe.interval && /^[125]0*$/.test(`${step}`)
  return early || step % recipe.interval === 0 || step === recipe.schedule.steps || step === totalSteps(recipe)
}

/** Trains up to the next checkpoint and returns the mean loss of the batches on the way; null where it was ended before. */
async function stepsToCheckpoint(
  session: TrainingSession,
  batches: Batches,
  folder: TrainingFolder,
  { signal, onStep }: Watch,
): Promise<number | null> {
  const { recipe } = folder.plan
  const first = session.state.step
  let total = 0
  do {
    if (signal?.aborted) return null
    const step = session.state.step + 1
    const loss = await session.step(batches(step))
    checkLoss(loss, step, folder)
    total += loss
    onStep?.(step)
  } while (!isCheckpoint(recipe, session.state.step))
  return total / (session.state.step - first)
}

function rateAt(recipe: Recipe, step: number): number {
  if (step === 0) return 0
  const { schedule, before } = phaseAt(recipe, step)
  return learningRate(schedule, step - before)
}

function checkLoss(loss: number, step: number, folder: TrainingFolder): void {
  if (!Number.isFinite(loss))
    throw new BadInput(
      `The loss became ${loss} at step ${step}, and ${folder.lastCheckpoint}; begin again with a lower learning rate or another seed.`,
    )
}

/** Judges and saves the training at each checkpoint; keeps the best parameters where the recipe wants those. */
class Checkpoints {
  #best: SavedState['best']
  readonly #start = performance.now()

  constructor(
    private readonly folder: TrainingFolder,
    private readonly evaluation: HeldOutEvaluation,
    private readonly begun: SavedState,
  ) {
    this.#best = begun.best
  }

  async take(state: TrainingState, trainingLoss: number | null): Promise<TrainingReport> {
    const { recipe } = this.folder.plan
    const { step, parameters } = state
    const heldOut = await this.evaluation.scores(parameters)
    const { loss } = heldOut.uniform
    checkLoss(loss, step, this.folder)
    if (loss < this.#best.loss) {
      this.#best = { step, loss }
      if (recipe.keep === 'best') this.folder.saveModel(parameters, step)
    }
    const seconds = this.begun.seconds + (performance.now() - this.#start) / 1000
    const report = {
      step,
      steps: totalSteps(recipe),
      learningRate: rateAt(recipe, step),
      trainingLoss,
      heldOut,
      seconds,
    }
    this.folder.save({ state, best: this.#best, seconds }, report)
    return report
  }
}
