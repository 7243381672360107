import { axis, numberedAxis, tensorOver, type Axis } from '../../core/axis'
import type { ActivationCache } from '../../model/model'
import { rowOfDigit } from './answer-row'
import { digitAxis } from './axes'
import { planeOf, type Plane } from './digit-cloud'
import type { WeightedModel } from './logit-map'
import { StreamReader } from './stream-reader'
import { streamStages } from './stream-stages'
import { activation } from './stream-parts'

/** Where one sum's stream stands in the plane of `residual-circle`: found once for a model, and cheap for every run. */
export class CirclePlane {
  readonly hooks: readonly string[]
  readonly #stage: Axis<'stage'>
  readonly #reader: StreamReader
  readonly #plane: Plane

  constructor(private readonly model: WeightedModel) {
    const stages = streamStages(model.config)
    this.hooks = stages.map(({ hook }) => hook)
    this.#stage = axis(
      'stage',
      stages.map(({ name }) => name),
    )
    this.#reader = new StreamReader(model)
    this.#plane = planeOf(this.#reader)
  }

  pointsOf(run: ActivationCache, example: number) {
    const { config } = this.model
    const { answerDigits } = config.layout
    const data = new Float64Array(this.hooks.length * answerDigits * 2)
    this.hooks.forEach((hook, stage) => {
      const { data: stream, shape } = activation(run, hook)
      const [, rows, width] = shape as [number, number, number]
      for (let digit = 0; digit < answerDigits; digit++) {
        const x = this.#reader.normalize(stream, (example * rows + rowOfDigit(rows, digit, config)) * width)
        this.#place(x, data, (stage * answerDigits + digit) * 2)
      }
    })
    return tensorOver([this.#stage, digitAxis(config.layout), numberedAxis('component', 2)], data)
  }

  /** Puts where a vector lies in the plane into two entries of `data`. */
  #place(x: Float64Array, data: Float64Array, at: number): void {
    const plane = this.#plane
    for (let index = 0; index < x.length; index++) {
      data[at]! += x[index]! * plane[index]!
      data[at + 1]! += x[index]! * plane[x.length + index]!
    }
  }
}
