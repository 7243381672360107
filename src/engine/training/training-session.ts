import { InferenceSession, Tensor } from '../onnxruntime'
import { adamRates } from '../../model/training/adam'
import { learningRate } from '../../model/training/learning-rate'
import { phaseAt } from '../../model/training/phase'
import type { Recipe } from '../../model/training/recipe'
import { stepGraph } from '../../model/training/step-graph'
import { sessionOptions } from '../session-options'
import type { TrainingState } from './training-state'

/**
 * Takes training steps on onnxruntime. Parameters and moments are inputs and outputs of the step's graph; what one step
 * returned is given to the next as it is. A step of 512 sums blocks the thread for some 30 ms.
 */
export class TrainingSession {
  #step: number
  #state: { parameters: Tensor; mean: Tensor; square: Tensor }

  private constructor(
    private readonly recipe: Recipe,
    private readonly session: InferenceSession,
    state: TrainingState,
  ) {
    this.#step = state.step
    this.#state = { parameters: vector(state.parameters), mean: vector(state.mean), square: vector(state.square) }
  }

  static async create(recipe: Recipe, state: TrainingState, provider: string): Promise<TrainingSession> {
    const graph = stepGraph(recipe.config, recipe.batchSize, recipe.adam)
    return new TrainingSession(recipe, await InferenceSession.create(graph, sessionOptions(provider)), state)
  }

  get state(): TrainingState {
    const { parameters, mean, square } = this.#state
    const floats = ({ data }: Tensor) => data as Float32Array
    return { step: this.#step, parameters: floats(parameters), mean: floats(mean), square: floats(square) }
  }

  /** One step on `tokens` [batchSize, n_ctx]; returns the loss before it, in nats. */
  async step(tokens: Int32Array): Promise<number> {
    const { config, batchSize, adam } = this.recipe
    const step = this.#step + 1
    const { schedule, before } = phaseAt(this.recipe, step)
    if (step === before + 1) this.#forget()
    const { stepSize, correction } = adamRates(learningRate(schedule, step - before), step - before, adam)
    const results = await this.session.run({
      ...this.#state,
      tokens: new Tensor('int32', tokens, [batchSize, config.n_ctx]),
      stepSize: scalar(stepSize),
      correction: scalar(correction),
    })
    const next = (name: string) => results[`next.${name}`] as Tensor
    this.#state = { parameters: next('parameters'), mean: next('mean'), square: next('square') }
    this.#step = step
    return (results['loss']!.data as Float32Array)[0]!
  }

  /** A phase begins without moments. */
  #forget(): void {
    const { parameters } = this.#state
    const none = () => vector(new Float32Array(parameters.size))
    this.#state = { parameters, mean: none(), square: none() }
  }

  async release(): Promise<void> {
    await this.session.release()
  }
}

function vector(data: Float32Array): Tensor {
  return new Tensor('float32', data, [data.length])
}

function scalar(value: number): Tensor {
  return new Tensor('float32', Float32Array.of(value), [])
}
