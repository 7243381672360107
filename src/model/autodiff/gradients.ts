import type { GraphBuilder } from '../onnx/builder'
import type { GraphNode, Value } from '../onnx/value'
import { contractionRules } from './contraction'
import { elementwiseRules } from './elementwise'
import { gatheringRules } from './gathering'
import { layoutRules } from './layout'
import { reductionRules } from './reduction'
import { type Rules, numeric, scalarLike } from './rule'

const rules: Rules = { ...elementwiseRules, ...contractionRules, ...reductionRules, ...layoutRules, ...gatheringRules }

/**
 * Appends the backward pass of a scalar to the graph that computes it: reverse-mode differentiation, node by node.
 *
 * The graph's extents have to be numbers, the batch's too. Returns the gradients of `scalar` with respect to each value of `wrt`, in
 * their order and shapes. A value that the scalar does not depend on has a gradient of 0. Throws RangeError where `scalar` has axes
 * or its computation passes through an operator without a rule.
 */
export function gradients(builder: GraphBuilder, scalar: Value, wrt: readonly Value[]): Value[] {
  if (scalar.shape.length > 0)
    throw new RangeError(`Gradients are of a scalar, but "${scalar.name}" has the shape [${scalar.shape.join(', ')}].`)
  const path = nodesBetween(builder.nodes, wrt)
  const known = new Map<Value, Value>([[scalar, builder.constant([], ones(scalar))]])
  for (const node of path.toReversed()) propagate(builder, node, known)
  return wrt.map((value) => known.get(value) ?? zeros(builder, value, scalar))
}

/** The nodes whose output depends on one of `sources`, in the graph's order. */
function nodesBetween(nodes: readonly GraphNode[], sources: readonly Value[]): GraphNode[] {
  const dependent = new Set(sources)
  return nodes.filter((node) => {
    const reached = node.inputs.some((input) => dependent.has(input))
    if (reached) node.outputs.forEach((output) => dependent.add(output))
    return reached
  })
}

/** Adds the node's share to its inputs' gradients; a node that the scalar does not depend on has none to share. */
function propagate(builder: GraphBuilder, node: GraphNode, known: Map<Value, Value>): void {
  const gradient = known.get(node.outputs[0]!)
  if (!gradient) return
  const rule = rules[node.type]
  if (!rule) throw new RangeError(`The gradient of the operator "${node.type}" is not known; add its rule.`)
  const shares = rule(node, gradient, builder)
  node.inputs.forEach((input, i) => {
    const share = shares[i]
    if (!share) return
    const sum = known.get(input)
    known.set(input, sum ? builder.op('Add', [sum, share]) : share)
  })
}

function ones(scalar: Value): Float32Array | Float64Array {
  return scalar.type === 'float64' ? Float64Array.of(1) : Float32Array.of(1)
}

function zeros(builder: GraphBuilder, value: Value, scalar: Value): Value {
  return builder.op('Expand', [scalarLike(builder, scalar, 0), builder.integers(...value.shape.map(numeric))])
}
