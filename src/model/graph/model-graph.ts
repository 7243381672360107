import { BadInput } from '../../core/bad-input'
import type { ModelConfig } from '../config'
import { hookNamed } from '../hooks'
import { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'
import { hookOfSum } from '../summed-hook'
import type { Weights } from '../weights'
import { forward } from './forward'
import { GraphContext } from './graph-context'
import { bakedParameters } from './graph-parameters'
import { hooksOfOutputs, type GraphSpec } from './graph-spec'

/**
 * The ONNX graph of a model: its weights stored inside, the specification's hooks as outputs under their own names.
 *
 * Throws BadInput for an output or edit that the model does not have or that lies before the first computed layer.
 */
export function buildModelGraph(config: ModelConfig, weights: Weights, spec: GraphSpec): Uint8Array {
  const builder = new GraphBuilder('carryscope')
  const parameters = bakedParameters(builder, weights, spec.type ?? 'float32')
  const hooks = forward(new GraphContext(builder, config, parameters, spec))
  for (const name of [...hooksOfOutputs(spec), ...(spec.edits ?? []), ...(spec.given ?? [])])
    if (!hooks.has(name)) refuse(name, config, spec)
  for (const name of spec.outputs) builder.output(outputOf(name, hooks, builder), name)
  return builder.build({ config: JSON.stringify(config) })
}

function outputOf(name: string, hooks: ReadonlyMap<string, Value>, builder: GraphBuilder): Value {
  const summedHook = hookOfSum(name)
  return summedHook === undefined
    ? hooks.get(name)!
    : builder.op('ReduceSum', [hooks.get(summedHook)!, builder.integers(0)])
}

function refuse(name: string, config: ModelConfig, { startLayer }: GraphSpec): never {
  hookNamed(config, name)
  throw new BadInput(
    `A run that starts at layer ${startLayer} never reaches "${name}"; start it at that hook's layer or before.`,
  )
}
