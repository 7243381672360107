import { z } from 'zod'
import { methods, type Method } from '../../src/contract/contract'
import { fc } from './arbitraries'

/**
 * Messages that break the contract, made from the contract itself: its schemas are read as JSON Schema, valid parameters
 * are built from that, and one thing in them is made wrong.
 */

interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean'
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  /** Whether keys that are not named are let through, to be checked by what knows them. */
  readonly additionalProperties?: unknown
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
}

/** One value of every kind there is in a message, none of which the contract means anywhere. */
const strangers = {
  null: null,
  boolean: true,
  integer: -0.5,
  string: 'unforeseen',
  object: { unforeseen: 1 },
  array: [['unforeseen']],
}

/** Any malformed message under this number. */
export function malformedMessage(id: number): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: wrongParams(id) }, unknownMethod(id), wrongEnvelope(id))
}

function wrongParams(id: number): fc.Arbitrary<unknown> {
  const names = Object.keys(methods) as Method[]
  const ofMethod = (method: Method) => invalid(schemaOf(method)).map((params) => ({ kind: 'call', id, method, params }))
  return fc.oneof(...names.map(ofMethod))
}

function unknownMethod(id: number): fc.Arbitrary<unknown> {
  const names = fc.constantFrom('', 'constructor', '__proto__', 'toString', 'Explore', 'explore ', 'train')
  return names.map((method) => ({ kind: 'call', id, method, params: {} }))
}

function wrongEnvelope(id: number): fc.Arbitrary<unknown> {
  const call = { kind: 'call', id, method: 'status', params: {} }
  return fc.oneof(
    fc.constantFrom<unknown>(...Object.values(strangers)),
    fc.constantFrom(-1, 0.5, '1', null).map((wrong) => ({ ...call, id: wrong })),
    fc.constantFrom('', 'result', 'Call', 1, null).map((kind) => ({ ...call, kind })),
    fc.constantFrom<unknown>(7, null, [], 'm'.repeat(61)).map((method) => ({ ...call, method })),
    fc.constantFrom({ ...call, unforeseen: 1 }, { kind: 'call', id }, { kind: 'cancel' }, { kind: 'cancel', id: -1 }),
  )
}

function schemaOf(method: Method): Schema {
  // Bytes have no JSON Schema; the empty one stands for them.
  return z.toJSONSchema(methods[method].params, { unrepresentable: 'any' }) as Schema
}

function valid(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valid))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'integer') return fc.integer({ min: schema.minimum!, max: Math.min(schema.maximum!, 1e9) })
  if (schema.type === 'string')
    return fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength!, 12) })
  if (schema.type === 'array') return fc.array(valid(schema.items!), { minLength: schema.minItems ?? 0, maxLength: 3 })
  if (schema.type === 'object')
    return fc.record(mapped(schema.properties!, valid), { requiredKeys: [...(schema.required ?? [])] })
  return fc.constant(Uint8Array.of(1, 2, 3))
}

/** Values that are wrong in one place: of another kind, or of the right kind and not what it allows. */
function invalid(schema: Schema): fc.Arbitrary<unknown> {
  const forms = schema.anyOf ?? [schema]
  const kinds = forms.map(({ type }) => type)
  const others = Object.entries(strangers).filter(([kind]) => !kinds.some((known) => known === kind))
  return fc.oneof(fc.constantFrom<unknown>(...others.map(([, value]) => value)), ...forms.flatMap(spoilt))
}

function spoilt(schema: Schema): fc.Arbitrary<unknown>[] {
  if (schema.type === 'object') return spoiltObjects(schema)
  if (schema.type === 'array') return spoiltArrays(schema)
  if (schema.type === 'integer') return [fc.constantFrom(schema.minimum! - 1, schema.maximum! + 1, 0.5, NaN, Infinity)]
  if (schema.type !== 'string') return []
  if (schema.enum ?? schema.const) return [fc.constant('unforeseen')]
  const tooLong = fc.constant('x'.repeat(schema.maxLength! + 1))
  return schema.minLength ? [tooLong, fc.constant('')] : [tooLong]
}

function spoiltObjects(schema: Schema): fc.Arbitrary<unknown>[] {
  const whole = valid(schema) as fc.Arbitrary<Record<string, unknown>>
  const missing = (schema.required ?? []).map((key) => whole.map(({ [key]: _, ...rest }) => rest))
  const wrong = Object.entries(schema.properties!).map(([key, property]) =>
    fc.tuple(whole, invalid(property)).map(([object, value]) => ({ ...object, [key]: value })),
  )
  const unforeseen = whole.map((object) => ({ ...object, unforeseen: 1 }))
  return [...(schema.additionalProperties === false ? [unforeseen] : []), ...missing, ...wrong]
}

function spoiltArrays(schema: Schema): fc.Arbitrary<unknown>[] {
  const { items, minItems = 0, maxItems } = schema
  const [one, wrong] = [valid(items!), invalid(items!)]
  const tooMany = one.map((item) => Array<unknown>(maxItems! + 1).fill(item))
  const withWrong = fc.tuple(fc.array(one, { maxLength: 2 }), wrong).map(([before, item]) => [...before, item])
  return [tooMany, withWrong, ...(minItems > 0 ? [fc.constant([])] : [])]
}

function mapped<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
