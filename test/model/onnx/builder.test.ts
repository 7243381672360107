import { InferenceSession, Tensor } from '../../../src/engine/onnxruntime'
import { onnx } from 'onnx-proto'
import { expect, test } from 'vitest'
import { GraphBuilder } from '../../../src/model/onnx/builder'
import { elementCode } from '../../../src/model/onnx/encode'
import type { Attributes, Value } from '../../../src/model/onnx/value'

/** Softmax(x @ W + b) over the last axis, masked; enough kinds of operators, attributes and types for a round trip. */
function example(type: 'float32' | 'float64'): GraphBuilder {
  const builder = new GraphBuilder('example')
  const data = [1, -2, 0.5, 3, 1e-3, 7]
  const W = builder.constant([2, 3], type === 'float32' ? Float32Array.from(data) : Float64Array.from(data), 'W')
  const x = builder.input('x', type, ['N', 2])
  const mask = builder.input('mask', 'bool', ['N', 1])
  const scores = builder.op('MatMul', [x, W])
  const masked = builder.op('Where', [mask, builder.scalar(-1, type), scores])
  builder.output(scores, 'scores')
  builder.output(builder.op('Softmax', [masked], { axis: -1 }), 'pattern')
  builder.output(builder.op('ReduceSum', [masked, builder.integers(-1)], { keepdims: 0 }), 'total')
  return builder
}

test('an independent decoder reads what the encoder wrote', () => {
  const model = onnx.ModelProto.decode(example('float32').build({ question: 'why' }))
  expect(onnx.ModelProto.verify(model)).toBeNull()
  expect(Number(model.opsetImport[0]!.version)).toBe(18)
  expect(model.metadataProps).toMatchObject([{ key: 'question', value: 'why' }])
  const graph = model.graph!
  expect(graph.node!.map((node) => node.opType)).toEqual(['MatMul', 'Where', 'Softmax', 'ReduceSum'])
  expect(Number(graph.node![2]!.attribute![0]!.i)).toBe(-1)
  const W = graph.initializer!.find((tensor) => tensor.name === 'W')!
  expect(W.dims!.map(Number)).toEqual([2, 3])
  expect(new Float32Array(Uint8Array.from(W.rawData!).buffer)).toEqual(Float32Array.of(1, -2, 0.5, 3, 1e-3, 7))
  const extents = graph.input![0]!.type!.tensorType!.shape!.dim!.map((dim) => dim.dimParam || Number(dim.dimValue))
  expect(extents).toEqual(['N', 2])
  expect(graph.output!.map((output) => output.name)).toEqual(['scores', 'pattern', 'total'])
})

test.each(['float32', 'float64'] as const)('onnxruntime runs a %s graph from its bytes', async (type) => {
  const session = await InferenceSession.create(example(type).build())
  const ArrayOf = type === 'float32' ? Float32Array : Float64Array
  const results = await session.run({
    x: new Tensor(type, ArrayOf.of(1, 2, -1, 0), [2, 2]),
    mask: new Tensor('bool', Uint8Array.of(0, 1), [2, 1]),
  })
  const expected = [1 + 6, -2 + 2e-3, 0.5 + 14, -1, 2, -0.5]
  Array.from(results['scores']!.data as Float32Array).forEach((score, i) => expect(score).toBeCloseTo(expected[i]!, 5))
  expect(Array.from(results['pattern']!.data as Float32Array).slice(3)).toEqual(
    Array.from(ArrayOf.of(1 / 3, 1 / 3, 1 / 3)),
  )
  expect((results['total']!.data as Float32Array)[1]).toBe(-3)
})

test('only what the outputs need is written', () => {
  const builder = new GraphBuilder('pruned')
  const x = builder.input('x', 'float32', ['N', 2])
  const y = builder.input('y', 'float32', ['N', 2])
  builder.op('Add', [x, y])
  builder.output(builder.op('Neg', [x]), 'negative')
  const graph = onnx.ModelProto.decode(builder.build()).graph!
  expect(graph.node!.map((node) => node.opType)).toEqual(['Neg'])
  expect(graph.input!.map((input) => input.name)).toEqual(['x'])
})

test('inputs, constants and one value under two names can be outputs', async () => {
  const builder = new GraphBuilder('identities')
  const x = builder.input('x', 'float32', ['N'])
  const negative = builder.op('Neg', [x])
  builder.output(x, 'same')
  builder.output(negative, 'first')
  builder.output(negative, 'second')
  builder.output(builder.constant([1], Float32Array.of(9)), 'nine')
  const session = await InferenceSession.create(builder.build())
  const results = await session.run({ x: new Tensor('float32', [4, 5], [2]) })
  expect(Object.keys(results).toSorted()).toEqual(['first', 'nine', 'same', 'second'])
  expect(results['same']!.data).toEqual(Float32Array.of(4, 5))
  expect(results['second']!.data).toEqual(Float32Array.of(-4, -5))
})

/** One call of each operator whose shape is inferred, with the output shape of a run as the judge. */
interface Call {
  readonly operator: string
  readonly inputs: (builder: GraphBuilder, x: Value) => Value[]
  readonly attributes?: Attributes
}
const ids = (b: GraphBuilder, shape: number[], data: number[]): Value =>
  b.constant(shape, BigInt64Array.from(data, BigInt))
const calls: Call[] = [
  { operator: 'Sqrt', inputs: (_, x) => [x] },
  { operator: 'Softmax', inputs: (_, x) => [x], attributes: { axis: 1 } },
  { operator: 'Trilu', inputs: (_, x) => [x], attributes: { upper: 0 } },
  { operator: 'Add', inputs: (b, x) => [b.constant([4], new Float32Array(4)), x] },
  { operator: 'Less', inputs: (b, x) => [x, b.constant([3, 1], new Float32Array(3))] },
  { operator: 'Where', inputs: (b, x) => [b.constant([3, 1], Uint8Array.of(1, 0, 1)), x, b.scalar(0, 'float32')] },
  { operator: 'Cast', inputs: (_, x) => [x], attributes: { to: elementCode('float64') } },
  { operator: 'MatMul', inputs: (b, x) => [x, b.constant([4, 5], new Float32Array(20))] },
  { operator: 'ReduceMean', inputs: (b, x) => [x, b.integers(-1)] },
  { operator: 'ReduceSum', inputs: (b, x) => [x, b.integers(0, 2)], attributes: { keepdims: 0 } },
  { operator: 'ReduceMax', inputs: (_, x) => [x], attributes: { keepdims: 0 } },
  { operator: 'Transpose', inputs: (_, x) => [x], attributes: { perm: [2, 0, 1] } },
  { operator: 'Transpose', inputs: (_, x) => [x] },
  { operator: 'Reshape', inputs: (b, x) => [x, b.integers(0, 2, -1)] },
  { operator: 'Reshape', inputs: (b, x) => [x, b.integers(-1, 4)] },
  { operator: 'Expand', inputs: (b, x) => [x, b.integers(2, 1, 3, 4)] },
  { operator: 'Gather', inputs: (b, x) => [x, ids(b, [2, 2], [0, 2, 1, 1])], attributes: { axis: 1 } },
  { operator: 'Gather', inputs: (b, x) => [x, ids(b, [], [0])], attributes: { axis: -1 } },
  { operator: 'GatherElements', inputs: (b, x) => [x, ids(b, [1, 3, 1], [0, 3, 1])], attributes: { axis: 2 } },
  { operator: 'Concat', inputs: (_, x) => [x, x], attributes: { axis: -1 } },
  {
    operator: 'Slice',
    inputs: (b, x) => [x, b.integers(-3, 0), b.integers(-1, 3), b.integers(2, 1), b.integers(1, 2)],
  },
  { operator: 'Unsqueeze', inputs: (b, x) => [x, b.integers(0, -1)] },
  { operator: 'Squeeze', inputs: (b, x) => [b.op('ReduceSum', [x, b.integers(1)]), b.integers(1)] },
  {
    operator: 'ScatterElements',
    inputs: (b, x) => [x, ids(b, [1, 1, 1], [1]), b.constant([1, 1, 1], Float32Array.of(1))],
    attributes: { axis: 1 },
  },
  { operator: 'Shape', inputs: (_, x) => [x] },
  {
    operator: 'OneHot',
    inputs: (b) => [ids(b, [2], [0, 3]), b.integers(5), b.constant([2], Float32Array.of(0, 1))],
    attributes: { axis: -1 },
  },
]

test.each(calls)(
  'the inferred shape of $operator is the one that onnxruntime computes',
  async ({ operator, inputs, attributes }) => {
    const builder = new GraphBuilder('one')
    const x = builder.input('x', 'float32', ['N', 3, 4])
    const y = builder.op(operator, inputs(builder, x), attributes)
    builder.output(y, 'y')
    builder.output(builder.op('Identity', [x]), 'x again')
    const session = await InferenceSession.create(builder.build())
    const results = await session.run({ x: new Tensor('float32', new Float32Array(24).fill(0.5), [2, 3, 4]) })
    const expected = y.shape.map((extent) => (typeof extent === 'number' ? extent : evaluate(extent)))
    expect(results['y']!.dims).toEqual(expected)
    expect(results['y']!.type).toBe(y.type)
  },
)

/** The value of a symbolic extent for N = 2: products and sums. */
function evaluate(extent: string): number {
  const sums = extent
    .split('+')
    .map((part) => part.split('*').reduce((product, factor) => product * (factor === 'N' ? 2 : Number(factor)), 1))
  return sums.reduce((total, part) => total + part, 0)
}

test('a mistake is found where it is made', () => {
  const builder = new GraphBuilder('wrong')
  const x = builder.input('x', 'float32', ['N', 2])
  expect(() => builder.op('MatMul', [x, x])).toThrow(RangeError)
  expect(() => builder.op('Add', [x, builder.constant([3], new Float32Array(3))])).toThrow('does not broadcast')
  expect(() => builder.op('Convolve', [x])).toThrow('knows no operator "Convolve"')
  expect(() => builder.input('x', 'bool', [])).toThrow('already has a value "x"')
  expect(() => builder.constant([2, 2], new Float32Array(3))).toThrow('needs 4 entries, not 3')
})
