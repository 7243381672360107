/** ONNX element types, by the names that onnxruntime's JavaScript tensors use. */
export type ElementType = 'float32' | 'float64' | 'int32' | 'int64' | 'bool'

/** An extent: a number, or a symbol such as `N` for one that is known only when the graph runs. */
export type Extent = number | string
export type Shape = readonly Extent[]

/** The array that holds each element type; booleans are bytes 0 and 1. */
export type ConstantData = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array

/** A tensor in a graph: an input, a constant or what an operator returns. */
export interface Value {
  readonly name: string
  readonly type: ElementType
  readonly shape: Shape
  /** For constants: row-major entries. */
  readonly data?: ConstantData
}

/** Integers and lists of integers are ONNX's INT and INTS; floats are marked, because JavaScript's 1 and 1.0 are the same. */
export type Attribute = number | readonly number[] | string | { readonly float: number }
export type Attributes = Readonly<Record<string, Attribute>>

/** One operator of a graph. */
export interface GraphNode {
  /** The ONNX operator, such as `MatMul`. */
  readonly type: string
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  readonly attributes: Attributes
}

export function elementTypeOf(data: ConstantData): ElementType {
  if (data instanceof Float32Array) return 'float32'
  if (data instanceof Float64Array) return 'float64'
  if (data instanceof Int32Array) return 'int32'
  return data instanceof BigInt64Array ? 'int64' : 'bool'
}
