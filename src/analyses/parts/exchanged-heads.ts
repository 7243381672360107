import { matrixStack, type MatrixStack, type StackProduct } from '../../core/matrix-stack'
import type { Tensor } from '../../core/tensor'
import { hookOf } from '../../model/intervention'
import type { ActivationCache, Edit, Model } from '../../model/model'
import { streamAfterAttention } from '../../model/shared-with-clean'

/**
 * The stream after a layer's attention with any of its heads replaced. Heads only add up, so it is the stream of a run and, for each
 * replaced head, its replacement less its result: a choice of rows, which is a product of matrices.
 */
export class ExchangedHeads {
  readonly #hook: string
  readonly #stream: Tensor
  /** The stream, and below it what replacing each head adds. */
  readonly #pieces: MatrixStack

  /** Hooks that a run returns for its heads to be exchanged. */
  static hooks({ config }: Pick<Model, 'config'>, layer: number): readonly string[] {
    return [streamAfterAttention(config, layer), hookOf('result', layer)]
  }

  /** `replacement` is an edit of the result of every head of the layer. */
  constructor(
    model: Pick<Model, 'config'>,
    run: ActivationCache,
    layer: number,
    replacement: Edit,
    private readonly multiply: StackProduct,
  ) {
    const [stream, result] = ExchangedHeads.hooks(model, layer) as [string, string]
    this.#hook = stream
    this.#stream = run.get(stream)!
    this.#pieces = piecesOf(this.#stream, run.get(result)!, replacement)
  }

  /** One edit for each choice of heads, which gives the stream outright. */
  async with(choices: readonly (readonly number[])[]): Promise<Edit[]> {
    const pieces = this.#pieces
    const chosen = matrixStack(1, choices.length, pieces.rows)
    choices.forEach((heads, row) => {
      for (const piece of [0, ...heads.map((head) => head + 1)]) chosen.data[row * pieces.rows + piece] = 1
    })
    const { data } = await this.multiply(chosen, pieces)
    const { shape } = this.#stream
    return choices.map((_, row) => ({
      hook: this.#hook,
      mask: { shape: shape.map(() => 1), data: Uint8Array.of(1) },
      value: { shape, data: data.subarray(row * pieces.columns, (row + 1) * pieces.columns) },
    }))
  }
}

/** `result` is [example, position, head, d_model], and so is the replacement, of one example where it is the same for all. */
function piecesOf(stream: Tensor, { data, shape }: Tensor, { value }: Edit): MatrixStack {
  const [heads, width] = shape.slice(2) as [number, number]
  const cells = stream.data.length / width
  const pieces = matrixStack(1, 1 + heads, stream.data.length)
  pieces.data.set(stream.data)
  for (let cell = 0; cell < cells; cell++)
    for (let head = 0; head < heads; head++) {
      const from = (cell * heads + head) * width
      const replaced = from % value.data.length
      const to = (1 + head) * pieces.columns + cell * width
      for (let index = 0; index < width; index++)
        pieces.data[to + index] = value.data[replaced + index]! - data[from + index]!
    }
  return pieces
}
