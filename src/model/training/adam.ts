import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'

/** Kingma & Ba, "Adam" (2015), with PyTorch's defaults. `weightDecay` is added to the gradient as in torch.optim.Adam. */
export interface AdamOptions {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  readonly weightDecay: number
}

/** The flat parameters and the running means of their gradient and its square, all [parameter]. */
export interface AdamState<T = Value> {
  readonly parameters: T
  readonly mean: T
  readonly square: T
}

/** What differs from step to step: the two numbers that Adam's update needs besides the moments. */
export interface AdamRates<T = Value> {
  /** Learning rate / (1 - beta1^t). */
  readonly stepSize: T
  /** 1 / sqrt(1 - beta2^t). */
  readonly correction: T
}

/** `step` counts from 1. */
export function adamRates(learningRate: number, step: number, { beta1, beta2 }: AdamOptions): AdamRates<number> {
  return { stepSize: learningRate / (1 - beta1 ** step), correction: 1 / Math.sqrt(1 - beta2 ** step) }
}

/** Appends one update to the graph and returns the new state. */
export function adamUpdate(
  graph: GraphBuilder,
  state: AdamState,
  gradient: Value,
  rates: AdamRates,
  { beta1, beta2, epsilon, weightDecay }: AdamOptions,
): AdamState {
  const number = (value: number) => graph.scalar(value, gradient.type as 'float32' | 'float64')
  const plus = (a: Value, b: Value) => graph.op('Add', [a, b])
  const times = (a: Value, b: Value) => graph.op('Mul', [a, b])
  const average = (old: Value, fresh: Value, beta: number) =>
    plus(times(old, number(beta)), times(fresh, number(1 - beta)))

  const slope = weightDecay === 0 ? gradient : plus(gradient, times(state.parameters, number(weightDecay)))
  const mean = average(state.mean, slope, beta1)
  const square = average(state.square, times(slope, slope), beta2)
  const spread = plus(times(graph.op('Sqrt', [square]), rates.correction), number(epsilon))
  const change = graph.op('Div', [times(mean, rates.stepSize), spread])
  return { parameters: graph.op('Sub', [state.parameters, change]), mean, square }
}
