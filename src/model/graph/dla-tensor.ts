import { layerHeadLabels } from '../../core/heads'
import { mlpLabel } from '../../core/mlps'
import { digitLabels, digitPredictedAt, positionLabels } from '../../core/positions'
import { tensor, type Tensor } from '../../core/tensor'
import { logitLabels } from '../../core/tokens'
import { hasMlp, type ModelConfig } from '../config'

/** Everything that writes to the logits, in the order of `dla`'s component axis. */
export function dlaComponents(config: ModelConfig): readonly string[] {
  const layers = Array.from({ length: config.n_layers }, (_, layer) => [
    ...layerHeadLabels(layer, config.n_heads),
    ...(hasMlp(config) ? [mlpLabel(layer)] : []),
  ])
  return ['embed', 'pos_embed', ...layers.flat(), 'b_O', 'b_U']
}

/** The labelled tensor of the graph's output `dla`, in logits. */
export function dlaTensor(
  config: ModelConfig,
  data: Float32Array | Float64Array,
  { examples, positions }: { examples: number; positions?: readonly number[] | undefined },
): Tensor<readonly ['example', 'component', 'digit', 'logit']> {
  const component = dlaComponents(config)
  const digit = positions?.map((position) => nameOf(position, config)) ?? digitLabels(config.layout.answerDigits)
  const logit = logitLabels
  const shape = [examples, component.length, digit.length, logit.length]
  return tensor(['example', 'component', 'digit', 'logit'], shape, data, {
    labels: { component, digit, logit },
    unit: 'logits',
  })
}

/** `C1`, or the position's own name where no digit of the answer is predicted. */
function nameOf(position: number, { layout }: ModelConfig): string {
  const digit = digitPredictedAt(position, layout)
  return digit === null ? positionLabels(layout)[position]! : digitLabels(layout.answerDigits)[digit]!
}
