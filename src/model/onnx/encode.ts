import type { Attribute, ConstantData, ElementType, GraphNode, Value } from './value'
import { bytes, concatenate, float, integer, text } from './wire'

/** What a ModelProto is made of; `nameOf` says under which name a value appears in the file. */
export interface GraphParts {
  readonly name: string
  readonly nodes: readonly GraphNode[]
  readonly constants: readonly Value[]
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  readonly nameOf: (value: Value) => string
  /** Free text for whoever opens the file, such as the model's configuration. */
  readonly metadata?: Readonly<Record<string, string>>
}

/** Opset 18 is the first with the axes of every reduction as an input; IR version 8 belongs to it. */
const opset = 18
const irVersion = 8

const elementCodes: Record<ElementType, number> = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 }
const attributeCodes = { float: 1, int: 2, string: 3, ints: 7 }

/** The bytes of an ONNX ModelProto. Field numbers are those of onnx.proto3; the message of each is named beside it. */
export function encodeModel(parts: GraphParts): Uint8Array {
  const metadata = Object.entries(parts.metadata ?? {})
  return concatenate([
    integer(1, irVersion),
    text(2, 'carryscope'),
    bytes(7, encodeGraph(parts)),
    bytes(8, text(1, ''), integer(2, opset)), // OperatorSetIdProto: the default domain
    ...metadata.map(([key, value]) => bytes(14, text(1, key), text(2, value))), // StringStringEntryProto
  ])
}

/** GraphProto. */
function encodeGraph({ name, nodes, constants, inputs, outputs, nameOf }: GraphParts): Uint8Array {
  return concatenate([
    ...nodes.map((node) => bytes(1, encodeNode(node, nameOf))),
    text(2, name),
    ...constants.map((constant) => bytes(5, encodeTensor(constant, nameOf(constant)))),
    ...inputs.map((input) => bytes(11, encodeValueInfo(input, nameOf(input)))),
    ...outputs.map((output) => bytes(12, encodeValueInfo(output, nameOf(output)))),
  ])
}

/** NodeProto. */
function encodeNode(node: GraphNode, nameOf: (value: Value) => string): Uint8Array {
  return concatenate([
    ...node.inputs.map((input) => text(1, nameOf(input))),
    ...node.outputs.map((output) => text(2, nameOf(output))),
    text(4, node.type),
    ...Object.entries(node.attributes).map(([name, value]) => bytes(5, text(1, name), encodeAttribute(value))),
  ])
}

/** The value and the type of an AttributeProto. */
function encodeAttribute(value: Attribute): Uint8Array {
  if (typeof value === 'number') return concatenate([integer(3, value), integer(20, attributeCodes.int)])
  if (typeof value === 'string') return concatenate([text(4, value), integer(20, attributeCodes.string)])
  if ('float' in value) return concatenate([float(2, value.float), integer(20, attributeCodes.float)])
  return concatenate([...value.map((entry) => integer(8, entry)), integer(20, attributeCodes.ints)])
}

/** TensorProto. Raw data is little-endian, as is every machine that this runs on. */
function encodeTensor({ type, shape, data }: Value, name: string): Uint8Array {
  const extents = shape.map((extent) => integer(1, Number(extent)))
  return concatenate([...extents, integer(2, elementCodes[type]), text(8, name), bytes(9, rawBytes(data!))])
}

function rawBytes(data: ConstantData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

/** ValueInfoProto with its TypeProto.Tensor and TensorShapeProto; the latter is there even for a scalar. */
function encodeValueInfo({ type, shape }: Value, name: string): Uint8Array {
  const extents = shape.map((extent) => bytes(1, typeof extent === 'number' ? integer(1, extent) : text(2, extent)))
  const tensorType = bytes(1, integer(1, elementCodes[type]), bytes(2, ...extents))
  return concatenate([text(1, name), bytes(2, tensorType)])
}

/** The number that ONNX gives an element type: what `Cast` takes as its attribute `to`. */
export function elementCode(type: ElementType): number {
  return elementCodes[type]
}

export function elementTypeFromCode(code: number): ElementType {
  const found = Object.entries(elementCodes).find((entry) => entry[1] === code)
  if (!found) throw new RangeError(`The ONNX element type ${code} is not one of those that graphs here use.`)
  return found[0] as ElementType
}
