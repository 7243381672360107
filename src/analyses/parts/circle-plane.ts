import { digitLabels } from '../../core/positions'
import { tensor } from '../../core/tensor'
import type { ActivationCache } from '../../model/model'
import { planeOf, type Plane } from './digit-cloud'
import type { WeightedModel } from './logit-map'
import { StreamReader } from './stream-reader'
import { eachAnswerVector, streamStages } from './stream-stages'

/** Where one sum's stream stands in the plane of `residual-circle`: found once for a model, and cheap for every run. */
export class CirclePlane {
  readonly hooks: readonly string[]
  readonly #reader: StreamReader
  readonly #plane: Plane

  constructor(private readonly model: WeightedModel) {
    this.hooks = streamStages(model.config).map(({ hook }) => hook)
    this.#reader = new StreamReader(model)
    this.#plane = planeOf(this.#reader)
  }

  pointsOf(run: ActivationCache, which: number) {
    const { config } = this.model
    const stages = streamStages(config).map(({ name }) => name)
    const { answerDigits } = config.layout
    const data = new Float64Array(stages.length * answerDigits * 2)
    const width = this.#plane.length / 2
    eachAnswerVector(run, config, (stage, digit, example, stream, offset) => {
      if (example !== which) return
      const x = this.#reader.normalize(stream, offset)
      for (let component = 0; component < 2; component++)
        data[(stage * answerDigits + digit) * 2 + component] = x.reduce(
          (sum, value, index) => sum + value * this.#plane[component * width + index]!,
          0,
        )
    })
    return tensor(['stage', 'digit', 'component'], [stages.length, answerDigits, 2], data, {
      labels: { stage: stages, digit: digitLabels(answerDigits), component: ['0', '1'] },
    })
  }
}
