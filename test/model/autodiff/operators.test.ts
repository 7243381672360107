import { InferenceSession, Tensor } from '../../../src/engine/onnxruntime'
import { expect, test } from 'vitest'
import { gradients } from '../../../src/model/autodiff/gradients'
import { GraphBuilder } from '../../../src/model/onnx/builder'
import type { Value } from '../../../src/model/onnx/value'
import { numericalGradient, relativeError } from '../../support/numerical-gradient'

type Apply = (graph: GraphBuilder, ...inputs: Value[]) => Value
type Case = readonly [name: string, shapes: readonly (readonly number[])[], apply: Apply]

const op =
  (type: string, attributes = {}): Apply =>
  (graph, ...inputs) =>
    graph.op(type, inputs, attributes)

const axes =
  (type: string, list: readonly number[], attributes = {}): Apply =>
  (graph, x) =>
    graph.op(type, [x, graph.integers(...list)], attributes)

const cases: readonly Case[] = [
  ['Identity', [[2, 3]], op('Identity')],
  ['Neg', [[2, 3]], op('Neg')],
  ['Exp', [[2, 3]], op('Exp')],
  ['Log', [[2, 3]], op('Log')],
  ['Sqrt', [[2, 3]], op('Sqrt')],
  ['Reciprocal', [[2, 3]], op('Reciprocal')],
  [
    'Add',
    [
      [2, 3],
      [2, 3],
    ],
    op('Add'),
  ],
  [
    'Add, stretched both ways',
    [
      [2, 1, 3],
      [4, 1],
    ],
    op('Add'),
  ],
  ['Sub, stretched', [[3], [2, 3]], op('Sub')],
  [
    'Mul, stretched',
    [
      [2, 3],
      [2, 1],
    ],
    op('Mul'),
  ],
  ['Mul, by itself', [[2, 3]], (graph, x) => graph.op('Mul', [x, x])],
  [
    'Div, stretched',
    [
      [2, 3],
      [2, 1],
    ],
    op('Div'),
  ],
  ['Div, by a scalar', [[2, 3], []], op('Div')],
  ['Pow', [[2, 3]], (graph, x) => graph.op('Pow', [x, graph.scalar(2.5, 'float64')])],
  ['Where', [[2, 3], [3]], (graph, a, b) => graph.op('Where', [graph.constant([2, 1], Uint8Array.of(1, 0)), a, b])],
  [
    'MatMul, two matrices',
    [
      [2, 3],
      [3, 4],
    ],
    op('MatMul'),
  ],
  [
    'MatMul, rows by one matrix',
    [
      [2, 5, 3],
      [3, 4],
    ],
    op('MatMul'),
  ],
  [
    'MatMul, batches',
    [
      [2, 2, 3],
      [2, 3, 4],
    ],
    op('MatMul'),
  ],
  [
    'MatMul, one matrix by batches',
    [
      [2, 3],
      [2, 3, 4],
    ],
    op('MatMul'),
  ],
  [
    'MatMul, by a transposed batch',
    [
      [2, 3, 4],
      [2, 5, 4],
    ],
    (graph, a, b) => graph.op('MatMul', [a, graph.op('Transpose', [b], { perm: [0, 2, 1] })]),
  ],
  ['ReduceSum', [[2, 3, 4]], axes('ReduceSum', [0, -1], { keepdims: 0 })],
  ['ReduceSum, everything', [[2, 3]], op('ReduceSum', { keepdims: 0 })],
  ['ReduceMean', [[2, 3, 4]], axes('ReduceMean', [1], { keepdims: 1 })],
  ['ReduceMean, everything', [[2, 3]], op('ReduceMean', { keepdims: 0 })],
  ['ReduceSumSquare', [[2, 3]], axes('ReduceSumSquare', [-1], { keepdims: 0 })],
  ['Softmax', [[2, 4]], op('Softmax', { axis: -1 })],
  [
    'Softmax, masked',
    [[2, 4]],
    (graph, x) => {
      const visible = graph.constant([2, 4], Uint8Array.of(1, 0, 0, 1, 1, 1, 1, 0))
      return graph.op('Softmax', [graph.op('Where', [visible, x, graph.scalar(-Infinity, 'float64')])], { axis: -1 })
    },
  ],
  ['LogSoftmax', [[2, 4]], op('LogSoftmax', { axis: -1 })],
  ['Reshape', [[2, 6]], axes('Reshape', [3, -1])],
  ['Squeeze', [[2, 1, 3]], axes('Squeeze', [1])],
  ['Unsqueeze', [[2, 3]], axes('Unsqueeze', [1])],
  ['Transpose', [[2, 3, 4]], op('Transpose', { perm: [2, 0, 1] })],
  ['Transpose, without perm', [[2, 3]], op('Transpose')],
  ['Expand', [[2, 1]], axes('Expand', [3, 2, 4])],
  [
    'Concat',
    [
      [2, 3],
      [2, 1],
      [2, 2],
    ],
    op('Concat', { axis: -1 }),
  ],
  [
    'Slice',
    [[4, 5]],
    (graph, x) =>
      graph.op('Slice', [
        x,
        ...[
          [1, -3],
          [3, 5],
          [0, 1],
        ].map((list) => graph.integers(...list)),
      ]),
  ],
  ['Gather, by constants', [[2, 4, 3]], (graph, x) => graph.op('Gather', [x, graph.integers(3, 1, 3)], { axis: 1 })],
  [
    'Gather, at run time',
    [[4, 3]],
    (graph, x) => graph.op('Gather', [x, graph.constant([2, 2], Int32Array.of(3, 0, 3, 3))], { axis: 0 }),
  ],
  [
    'Gather, at run time, inner axis',
    [[2, 4, 3]],
    (graph, x) => graph.op('Gather', [x, graph.constant([2, 2], Int32Array.of(3, 0, 3, 3))], { axis: 1 }),
  ],
]

test.each(cases)('gradient of %s equals finite differences', async (_, shapes, apply) => {
  const run = await compiled(shapes, apply)
  const sizes = shapes.map((shape) => shape.reduce((product, extent) => product * extent, 1))
  const x = positives(sizes.reduce((total, size) => total + size, 0))
  const wanted = await numericalGradient(async (at) => (await run(at)).value, x)
  expect(Math.max(...wanted.map(Math.abs))).toBeGreaterThan(1e-3)
  expect(relativeError((await run(x)).gradient, wanted)).toBeLessThan(1e-7)
})

test('a value that is used twice gets the sum of both gradients', async () => {
  const run = await compiled([[2]], (graph, x) => graph.op('Add', [graph.op('Mul', [x, x]), graph.op('Neg', [x])]))
  const [first, second] = (await run(Float64Array.of(3, 5))).gradient
  const [weight, other] = [entryWeight(0), entryWeight(1)]
  expect(first).toBeCloseTo(weight * (2 * 3 - 1), 10)
  expect(second).toBeCloseTo(other * (2 * 5 - 1), 10)
})

test('a value that does not matter has a gradient of 0', async () => {
  const run = await compiled([[2], [3]], (graph, x) => graph.op('Neg', [x]))
  expect((await run(positives(5))).gradient.slice(2)).toEqual([0, 0, 0])
})

test('an operator without a rule is named', () => {
  const graph = new GraphBuilder('unknown')
  const x = graph.input('x', 'float32', [3])
  const total = graph.op('ReduceSum', [graph.op('Abs', [x])], { keepdims: 0 })
  expect(() => gradients(graph, total, [x])).toThrow('The gradient of the operator "Abs" is not known; add its rule.')
})

test('only a scalar has gradients', () => {
  const graph = new GraphBuilder('vector')
  const x = graph.input('x', 'float32', [3])
  expect(() => gradients(graph, graph.op('Neg', [x]), [x])).toThrow('has the shape [3]')
})

/** WeightedModel sum of the operator's output, so that every entry of its gradient differs; and the gradient of all inputs, joined. */
async function compiled(shapes: readonly (readonly number[])[], apply: Apply) {
  const graph = new GraphBuilder('operator')
  const inputs = shapes.map((shape, i) => graph.input(`x${i}`, 'float64', shape))
  const result = apply(graph, ...inputs)
  const extents = result.shape as readonly number[]
  const size = extents.reduce((product, extent) => product * extent, 1)
  const weights = graph.constant(
    extents,
    Float64Array.from({ length: size }, (_, i) => entryWeight(i)),
  )
  const value = graph.op('ReduceSum', [graph.op('Mul', [result, weights])], { keepdims: 0 })
  gradients(graph, value, inputs).forEach((gradient, i) => {
    expect(gradient.shape).toEqual(shapes[i])
    graph.output(gradient, `dx${i}`)
  })
  graph.output(value, 'value')
  const session = await InferenceSession.create(graph.build())
  return async (x: Float64Array) => {
    const results = await session.run(feeds(x, shapes, session.inputNames))
    const numbers = (name: string) => Array.from(results[name]!.data as Float64Array)
    return { value: numbers('value')[0]!, gradient: shapes.flatMap((_, i) => numbers(`dx${i}`)) }
  }
}

function feeds(x: Float64Array, shapes: readonly (readonly number[])[], wanted: readonly string[]) {
  let offset = 0
  const tensors = shapes.map((shape, i) => {
    const end = offset + shape.reduce((product, extent) => product * extent, 1)
    const part = x.slice(offset, (offset = end))
    return [`x${i}`, new Tensor('float64', part, shape)] as const
  })
  return Object.fromEntries(tensors.filter(([name]) => wanted.includes(name)))
}

function entryWeight(entry: number): number {
  return Math.cos(1 + 2 * entry)
}

/** Numbers from 0.5 to 2, none equal: roots and logarithms have slopes there. */
function positives(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => 1.25 + 0.75 * Math.sin(1 + 3 * i))
}
