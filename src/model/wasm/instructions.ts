/** Encoded WebAssembly instructions, the last of which leaves its value on the stack. */
export type Code = readonly number[]

/** The runtime's fused multiply-add (relaxed SIMD), or the two plain instructions. */
export type MultiplyAdd = 'fused' | 'plain'

/** An unsigned number in LEB128. */
export function unsigned(value: number): number[] {
  const low = value & 0x7f
  return value < 0x80 ? [low] : [low | 0x80, ...unsigned(value >>> 7)]
}

/** A signed number in LEB128. */
export function signed(value: number): number[] {
  const low = value & 0x7f
  const rest = value >> 7
  const isLast = (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40)
  return isLast ? [low] : [low | 0x80, ...signed(rest)]
}

const floatBytes = (value: number) => [...new Uint8Array(new Float32Array([value]).buffer)]
const doubleBytes = (value: number) => [...new Uint8Array(new Float64Array([value]).buffer)]
const wholeBytes = (value: number) => [...new Uint8Array(new Int32Array([value]).buffer)]
const indicesOfLanes = [0, 1, 2, 3]
const simd = (opcode: number) => [0xfd, ...unsigned(opcode)]
/** Alignment 4 bytes, which every address here has. */
const at = (offset: number) => [2, ...unsigned(offset)]

export const get = (local: number): Code => [0x20, ...unsigned(local)]
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)]
export const integer = (value: number): Code => [0x41, ...signed(value)]
export const addInteger = (left: Code, right: Code): Code => [...left, ...right, 0x6a]
export const multiplyInteger = (value: Code, factor: number): Code => [...value, ...integer(factor), 0x6c]
/** Repeats the body while `again` is not 0; it runs once at least. */
export const repeat = (body: Code, again: Code): Code => [0x03, 0x40, ...body, ...again, 0x0d, 0, 0x0b]
export const isLess = (left: Code, right: Code): Code => [...left, ...right, 0x49]

/** Calls the function of this number in its module, which leaves nothing on the stack. */
export const call = (index: number, ...values: readonly Code[]): Code => [...values.flat(), 0x10, ...unsigned(index)]

/** A whole number in memory. */
export const loadInteger = (address: Code, offset: number): Code => [...address, 0x28, ...at(offset)]
export const storeInteger = (address: Code, offset: number, value: Code): Code => [
  ...address,
  ...value,
  0x36,
  ...at(offset),
]

/** One float64. */
export const loadDouble = (address: Code, offset: number): Code => [...address, 0x2b, ...at(offset)]
export const double = (value: number): Code => [0x44, ...doubleBytes(value)]
export const addDouble = (left: Code, right: Code): Code => [...left, ...right, 0xa0]
export const multiplyDouble = (left: Code, right: Code): Code => [...left, ...right, 0xa2]
export const divideDouble = (left: Code, right: Code): Code => [...left, ...right, 0xa3]
/** As a float32. */
export const narrowed = (double: Code): Code => [...double, 0xb6]

/** One float32 and four of them, at an address plus a constant offset in bytes. */
export const storeFloat = (address: Code, offset: number, value: Code): Code => [
  ...address,
  ...value,
  0x38,
  ...at(offset),
]
export const load = (address: Code, offset: number): Code => [...address, ...simd(0), ...at(offset)]
export const store = (address: Code, offset: number, value: Code): Code => [
  ...address,
  ...value,
  ...simd(11),
  ...at(offset),
]
/** Four copies of one float32 in memory. */
export const loadSplat = (address: Code, offset: number): Code => [...address, ...simd(9), ...at(offset)]

export const constant = (...lanes: readonly [number, number, number, number]): Code => [
  ...simd(12),
  ...lanes.flatMap(floatBytes),
]
export const wholes = (value: number): Code => [...simd(12), ...indicesOfLanes.flatMap(() => wholeBytes(value))]
export const all = (value: number): Code => constant(value, value, value, value)
export const lane = (index: number, value: Code): Code => [...value, ...simd(31), index]

const binary = (opcode: number) => (left: Code, right: Code) => [...left, ...right, ...simd(opcode)]
export const add = binary(0xe4)
export const subtract = binary(0xe5)
export const multiply = binary(0xe6)
export const divide = binary(0xe7)
export const greatest = binary(0xeb)
/** Not a number where either is none. */
export const least = binary(0xe8)
export const addWhole = binary(0xae)
export const subtractWhole = binary(0xb1)
/** All bits of a lane, or none. */
export const areWholesEqual = binary(0x37)
export const squareRoot = (value: Code): Code => [...value, ...simd(0xe3)]
export const shiftLeft = (value: Code, bits: number): Code => [...value, ...integer(bits), ...simd(0xab)]

/** left * right + sum. */
export function multiplyAdd(how: MultiplyAdd, left: Code, right: Code, sum: Code): Code {
  return how === 'fused' ? [...left, ...right, ...sum, ...simd(0x105)] : add(sum, multiply(left, right))
}

/** Lanes of two vectors side by side: 0-3 the first's, 4-7 the second's. */
export function shuffle(left: Code, right: Code, ...lanes: readonly number[]): Code {
  return [...left, ...right, ...simd(13), ...lanes.flatMap((index) => [0, 1, 2, 3].map((byte) => 4 * index + byte))]
}

/** Two float64, and what is done with them. */
export const both = (value: number): Code => [...simd(12), ...doubleBytes(value), ...doubleBytes(value)]
/** The first two of four float32. */
export const widened = (value: Code): Code => [...value, ...simd(0x5f)]
export const addDoubles = binary(0xf0)
export const subtractDoubles = binary(0xf1)
export const multiplyDoubles = binary(0xf2)
/** The left one where either is no number. */
export const leastDoubles = binary(0xf6)
export const greatestDoubles = binary(0xf7)
/** All bits of a lane, or none. */
export const areDoublesLess = binary(0x49)
export const addLong = binary(0xce)
export const shiftLongLeft = (value: Code, bits: number): Code => [...value, ...integer(bits), ...simd(0xcb)]
export const and = binary(0x4e)
export const or = binary(0x50)
/** The left one's bits that the right one does not have. */
export const andNot = binary(0x4f)
