import { elementTypeFromCode } from './encode'
import type { Attributes, ElementType, Extent, Shape, Value } from './value'

/** Element type and shape of what an operator returns. */
export interface Inferred {
  readonly type: ElementType
  readonly shape: Shape
}
type Rule = (inputs: readonly Value[], attributes: Attributes) => Inferred

/** Type and shape of an operator's output. Throws RangeError for an operator it does not know or extents that do not fit. */
export function infer(operator: string, inputs: readonly Value[], attributes: Attributes): Inferred {
  const rule = rules.get(operator)
  if (!rule)
    throw new RangeError(`Shape inference knows no operator "${operator}"; add its rule to src/model/onnx/infer.ts.`)
  return rule(inputs, attributes)
}

const same: Rule = ([x]) => ({ type: x!.type, shape: x!.shape })
const elementwise: Rule = (inputs) => ({ type: inputs[0]!.type, shape: broadcast(inputs.map((x) => x.shape)) })
const predicate: Rule = (inputs) => ({ type: 'bool', shape: broadcast(inputs.map((x) => x.shape)) })
const where: Rule = (inputs) => ({ type: inputs[2]!.type, shape: broadcast(inputs.map((x) => x.shape)) })
const cast: Rule = ([x], { to }) => ({ type: elementTypeFromCode(to as number), shape: x!.shape })

const matMul: Rule = ([a, b]) => {
  const [inner, outer] = [a!.shape.at(-1), b!.shape.at(-2)]
  if (inner !== outer)
    throw new RangeError(`MatMul of [${a!.shape.join(', ')}] by [${b!.shape.join(', ')}]: ${inner} is not ${outer}.`)
  const batch = broadcast([a!.shape.slice(0, -2), b!.shape.slice(0, -2)])
  return { type: a!.type, shape: [...batch, a!.shape.at(-2)!, b!.shape.at(-1)!] }
}

/** Without its third, added operand, and with `transB` never set. */
const gemm: Rule = ([a, b], { transA = 0 }) => {
  const rows = transA ? a!.shape.toReversed() : a!.shape
  return matMul([{ ...a!, shape: rows }, b!], {})
}

const reduction: Rule = ([x, axes], { keepdims = 1 }) => {
  const reduced = new Set(axes ? axesOf(axes, x!.shape.length) : x!.shape.keys())
  const shape = x!.shape.flatMap((extent, axis) => (reduced.has(axis) ? (keepdims ? [1] : []) : [extent]))
  return { type: x!.type, shape }
}

const transpose: Rule = ([x], { perm }) => ({
  type: x!.type,
  shape: (perm as readonly number[] | undefined)?.map((axis) => x!.shape[axis]!) ?? x!.shape.toReversed(),
})

const reshape: Rule = ([x, target]) => {
  const wanted = integersOf(target!)
  const kept = wanted.map((extent, axis) => (extent === 0 ? x!.shape[axis]! : extent))
  return { type: x!.type, shape: kept.map((extent) => (extent === -1 ? quotient(x!.shape, kept) : extent)) }
}

const expand: Rule = ([x, target]) => ({ type: x!.type, shape: broadcast([x!.shape, integersOf(target!)]) })

const gather: Rule = ([x, indices], { axis = 0 }) => {
  const at = axisOf(axis as number, x!.shape.length)
  return { type: x!.type, shape: [...x!.shape.slice(0, at), ...indices!.shape, ...x!.shape.slice(at + 1)] }
}

const gatherElements: Rule = ([x, indices]) => ({ type: x!.type, shape: indices!.shape })

const concat: Rule = (inputs, { axis }) => {
  const first = inputs[0]!
  const at = axisOf(axis as number, first.shape.length)
  return { type: first.type, shape: first.shape.with(at, sum(inputs.map((x) => x.shape[at]!))) }
}

/** A start that is no constant is that of a single entry. */
const slice: Rule = ([x, starts, ends, axes, steps]) => {
  const shape = [...x!.shape]
  const at = axes ? axesOf(axes, shape.length) : [...integersOf(starts!).keys()]
  at.forEach((axis, i) => {
    const step = steps ? integersOf(steps)[i]! : 1
    shape[axis] = starts!.data ? sliceExtent(shape[axis]!, integersOf(starts!)[i]!, integersOf(ends!)[i]!, step) : 1
  })
  return { type: x!.type, shape }
}

/** The amounts before every axis, then those after. */
const pad: Rule = ([x, amounts]) => {
  const added = integersOf(amounts!)
  const rank = x!.shape.length
  const grown = (extent: Extent, amount: number) => (amount === 0 ? extent : sum([extent, amount]))
  return { type: x!.type, shape: x!.shape.map((extent, axis) => grown(extent, added[axis]! + added[rank + axis]!)) }
}

const unsqueeze: Rule = ([x, axes]) => {
  const rank = x!.shape.length + axes!.shape.reduce<number>((product, extent) => product * Number(extent), 1)
  const added = new Set(axesOf(axes!, rank))
  const rest = [...x!.shape]
  return { type: x!.type, shape: Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : rest.shift()!)) }
}

const squeeze: Rule = ([x, axes]) => {
  const removed = new Set(axesOf(axes!, x!.shape.length))
  return { type: x!.type, shape: x!.shape.filter((_, axis) => !removed.has(axis)) }
}

const shapeOf: Rule = ([x]) => ({ type: 'int64', shape: [x!.shape.length] })

const oneHot: Rule = ([indices, depth, values], { axis = -1 }) => {
  const at = axisOf(axis as number, indices!.shape.length + 1)
  return { type: values!.type, shape: indices!.shape.toSpliced(at, 0, integersOf(depth!)[0]!) }
}

const rules: ReadonlyMap<string, Rule> = new Map([
  ...['Sqrt', 'Exp', 'Log', 'Neg', 'Abs', 'Sign', 'Reciprocal', 'Identity', 'Not'].map((name) => [name, same] as const),
  ...['Relu', 'Tanh', 'Erf'].map((name) => [name, same] as const),
  ...['Softmax', 'LogSoftmax', 'Trilu', 'ScatterElements', 'ScatterND'].map((name) => [name, same] as const),
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Min', 'Max'].map((name) => [name, elementwise] as const),
  ...['Equal', 'Greater', 'Less', 'GreaterOrEqual', 'LessOrEqual', 'And', 'Or'].map(
    (name) => [name, predicate] as const,
  ),
  ...['ReduceMean', 'ReduceSum', 'ReduceSumSquare', 'ReduceMax'].map((name) => [name, reduction] as const),
  ['Where', where],
  ['Cast', cast],
  ['MatMul', matMul],
  ['Gemm', gemm],
  ['Transpose', transpose],
  ['Reshape', reshape],
  ['Expand', expand],
  ['Gather', gather],
  ['GatherElements', gatherElements],
  ['Concat', concat],
  ['Slice', slice],
  ['Pad', pad],
  ['Unsqueeze', unsqueeze],
  ['Squeeze', squeeze],
  ['Shape', shapeOf],
  ['OneHot', oneHot],
])

/**
 * The shape that operands stretch to. A symbol fits a number; of two different symbols the later operand's is kept, so
 * that an edit's free batch axis takes on that of the activation it edits.
 */
export function broadcast(shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length))
  return Array.from({ length: rank }, (_, axis) =>
    shapes.map((shape) => shape[axis - rank + shape.length] ?? 1).reduce(stretch),
  )
}

function stretch(a: Extent, b: Extent): Extent {
  if (a === 1 || a === b) return b
  if (b === 1) return a
  if (typeof a === 'number' && typeof b === 'number')
    throw new RangeError(`An axis of ${a} entries does not broadcast against one of ${b}.`)
  return typeof a === 'number' ? a : b
}

function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis
}

function axesOf(axes: Value, rank: number): number[] {
  return integersOf(axes).map((axis) => axisOf(axis, rank))
}

function integersOf(constant: Value): number[] {
  if (!constant.data) throw new RangeError(`The value "${constant.name}" has to be a constant for shapes to be known.`)
  return Array.from(constant.data as BigInt64Array, Number)
}

function sum(extents: readonly Extent[]): Extent {
  const numbers = extents.filter((extent) => typeof extent === 'number')
  return numbers.length === extents.length ? numbers.reduce((total, extent) => total + extent, 0) : extents.join('+')
}

/** What is left of `shape` for the one -1 in `kept`: `N`, 24, or `N*24` where a symbol remains. */
function quotient(shape: Shape, kept: Shape): Extent {
  const symbols = shape.filter((extent) => typeof extent === 'string' && !kept.includes(extent))
  const ratio = -product(shape) / product(kept)
  return symbols.length === 0 ? ratio : [...symbols, ...(ratio === 1 ? [] : [ratio])].join('*')
}

function product(shape: Shape): number {
  return shape.filter((extent) => typeof extent === 'number').reduce((total, extent) => total * extent, 1)
}

function sliceExtent(extent: Extent, start: number, end: number, step: number): Extent {
  if (typeof extent === 'string') return start === 0 && end > 2 ** 31 ? extent : `${extent}[${start}:${end}:${step}]`
  const clamp = (index: number): number => Math.min(Math.max(index < 0 ? index + extent : index, 0), extent)
  return Math.max(0, Math.ceil((clamp(end) - clamp(start)) / step))
}
