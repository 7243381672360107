import type { ModelConfig } from '../../model/config'
import type { ActivationCache } from '../../model/model'
import { rowOfDigit } from './answer-row'

/** The residual stream between the layers: what it is called, and its hook. */
export interface StreamStage {
  readonly name: string
  readonly hook: string
}

/** `embed`, then `resid_post.0` and so on: every stage of the residual stream. */
export function streamStages({ n_layers }: ModelConfig): StreamStage[] {
  const layers = Array.from({ length: n_layers }, (_, layer) => layer)
  return [
    { name: 'embed', hook: 'blocks.0.hook_resid_pre' },
    ...layers.map((layer) => ({ name: `resid_post.${layer}`, hook: `blocks.${layer}.hook_resid_post` })),
  ]
}

/** Shows every vector at the position that predicts a digit, stage by stage: `data` from `offset` on, of d_model entries. */
export function eachAnswerVector(
  run: ActivationCache,
  config: ModelConfig,
  visit: (stage: number, digit: number, example: number, data: ArrayLike<number>, offset: number) => void,
): void {
  streamStages(config).forEach(({ hook }, stage) => {
    const { data, shape } = run.get(hook)!
    const [examples, rows, width] = shape as [number, number, number]
    for (let digit = 0; digit < config.layout.answerDigits; digit++) {
      const row = rowOfDigit(rows, digit, config)
      for (let example = 0; example < examples; example++)
        visit(stage, digit, example, data, (example * rows + row) * width)
    }
  })
}
