import { BadInput } from '../../core/bad-input'
import type { ModelConfig } from '../config'
import { GraphBuilder } from '../onnx/builder'
import type { Weights } from '../weights'
import { forward } from './forward'
import { GraphContext } from './graph-context'
import { bakedParameters } from './graph-parameters'
import type { GraphSpec } from './graph-spec'

/**
 * The ONNX graph of a model: its weights stored inside, the specification's hooks as outputs under their own names.
 *
 * Throws BadInput for an output or edit that the model does not have or that lies before the first computed layer.
 */
export function buildModelGraph(config: ModelConfig, weights: Weights, spec: GraphSpec): Uint8Array {
  const builder = new GraphBuilder('carryscope')
  const parameters = bakedParameters(builder, weights, spec.type ?? 'float32')
  const hooks = forward(new GraphContext(builder, config, parameters, spec))
  for (const hook of [...spec.outputs, ...(spec.edits ?? [])])
    if (!hooks.has(hook)) throw new BadInput(unavailable(hook, spec))
  for (const name of spec.outputs) builder.output(hooks.get(name)!, name)
  return builder.build({ config: JSON.stringify(config) })
}

function unavailable(hook: string, { startLayer }: GraphSpec): string {
  return startLayer
    ? `The hook "${hook}" is not computed by a run that starts at layer ${startLayer}; start at layer 0 or ask for a later hook.`
    : `The model has no hook "${hook}"; ask for one of its own, such as blocks.0.attn.hook_pattern.`
}
