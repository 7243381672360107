import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeMessage, encodeMessage } from '../../src/contract/wire'

test('typed arrays of every kind come back with their type, aligned and owning their memory', () => {
  const message = {
    kind: 'result',
    id: 3,
    result: {
      logits: { dims: ['digit'], shape: [3], data: Float32Array.of(1.5, NaN, -Infinity), labels: {} },
      exact: Float64Array.of(Math.PI, -0),
      tokens: Int32Array.of(-1, 11),
      bytes: Uint8Array.of(1, 2, 3),
      empty: new Float32Array(0),
      loss: NaN,
      none: null,
    },
  }
  const back = decodeMessage(encodeMessage(message)) as typeof message
  expect(back).toEqual(message)
  expect(back.result.exact.buffer.byteLength).toBe(16)
})

test("a message is read from anywhere within a larger buffer, such as Node's", () => {
  const bytes = encodeMessage({ data: Float64Array.of(1, 2) })
  for (let shift = 0; shift < 9; shift++) {
    const buffer = Buffer.alloc(bytes.length + 16, 0xff)
    buffer.set(bytes, shift)
    expect(decodeMessage(buffer.subarray(shift, shift + bytes.length))).toEqual({ data: Float64Array.of(1, 2) })
  }
})

test('any JSON value with arrays in it survives', () => {
  const leaf = fc.oneof(
    fc.string(),
    fc.double().map((x) => x + 0),
    fc.boolean(),
    fc.constant(null),
    fc.float32Array(),
    fc.float64Array(),
    fc.int32Array(),
    fc.uint8Array(),
  )
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value')), fc.dictionary(fc.string(), tie('value'))),
  }))
  fc.assert(
    fc.property(value, (message) => {
      fc.pre(!/"(\$array|\$number|__proto__)"/.test(JSON.stringify(message)))
      expect(decodeMessage(encodeMessage({ message }))).toEqual({ message: structuredClone(message) })
    }),
  )
})

test('cut-off and altered messages throw instead of reading beyond their end', () => {
  const bytes = encodeMessage({ a: Float32Array.of(1, 2, 3), b: 'text' })
  for (let length = 0; length < bytes.length - 4; length++)
    expect(() => decodeMessage(bytes.subarray(0, length))).toThrow()
  const forged = (reference: unknown) => encodeMessage({ $array: reference })
  for (const reference of [
    ['Float32Array', 0, 1],
    ['Float32Array', -8, 0],
    ['Float32Array', '0', 0],
    ['eval', 0, 0],
    7,
    null,
  ])
    expect(() => decodeMessage(forged(reference))).toThrow()
})
