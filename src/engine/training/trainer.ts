import { failureOf } from '../../contract/failure'
import type { TrainerAnswer, TrainerRequest } from '../../contract/trainer'
import { totalSteps } from '../../model/training/phase'
import { checkProvider } from './check-provider'
import { planOf } from './plan-of'
import { train } from './train'
import { TrainingFolder } from './training-folder'

/** How often it is told how far it is, ms. */
const tellEvery = 300

/** One training, begun or gone on with and perhaps stopped as it is told, which tells how far it is. */
export class Trainer {
  readonly #stop = new AbortController()
  #keeps = false
  #told = -Infinity

  constructor(private readonly tell: (answer: TrainerAnswer) => void) {}

  async hear(request: TrainerRequest): Promise<void> {
    if (request.kind === 'stop') {
      this.#keeps = request.keeps
      this.#stop.abort()
      return
    }
    try {
      await this.#train(await folderOf(request))
    } catch (error) {
      this.tell({ kind: 'failure', message: failureOf(error).message })
    }
  }

  async #train(folder: TrainingFolder): Promise<void> {
    const { signal } = this.#stop
    const steps = totalSteps(folder.plan.recipe)
    const say = (step: number) => {
      this.#told = performance.now()
      this.tell({ kind: 'step', path: folder.path, step, steps, checkpoint: folder.saved?.state.step ?? 0 })
    }
    const onStep = (step: number) => {
      if (performance.now() - this.#told >= tellEvery) say(step)
    }
    for await (const { step } of train(folder, { signal, onStep })) say(step)
    const finished = folder.saved?.state.step === steps
    if (!finished && this.#keeps) folder.keepLast()
    this.tell({ kind: 'ended', finished })
  }
}

async function folderOf(request: Exclude<TrainerRequest, { kind: 'stop' }>): Promise<TrainingFolder> {
  if (request.kind === 'resume') return TrainingFolder.open(request.folder)
  const { preset, ...choices } = request.choices
  return TrainingFolder.create(request.folder, await checkProvider(planOf(preset, choices)))
}
