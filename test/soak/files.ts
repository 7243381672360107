import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BadInput } from '../../src/core/bad-input'
import { openModelBytes, type OpenedModel } from '../../src/model/files/open-model'
import { fc } from '../support/arbitraries'
import { root } from '../support/installed'
import { torchFile } from '../support/torch-file'
import { tallyOf, type Tally } from './tally'

const folder = join(root, 'models/sum-4digit')
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)))
const config = read('config.json')
const safetensors = read('model.safetensors')
const original = openModelBytes('whole', files({ 'config.json': config, 'model.safetensors': safetensors }))

/** A checkpoint of the bundled model, as PyTorch writes it. */
function checkpoint(): Uint8Array {
  const tensors = tensorsOf(original).map(
    ([name, { shape, data }]) => [name, { shape, storage: Float32Array.from(data) }] as const,
  )
  return torchFile(new Map(tensors))
}

interface Format {
  readonly name: string
  readonly bytes: Uint8Array
  readonly filesOf: (bytes: Uint8Array) => ReadonlyMap<string, Uint8Array>
  /** Whether a change that leaves the file readable can be told from the model itself: the format has a checksum. */
  readonly checked: boolean
}

const formats: readonly Format[] = [
  { name: '.pt', bytes: checkpoint(), filesOf: (bytes) => files({ 'model.pt': bytes }), checked: true },
  {
    name: '.safetensors',
    bytes: safetensors,
    filesOf: (bytes) => files({ 'config.json': config, 'model.safetensors': bytes }),
    checked: false,
  },
  {
    name: 'config.json',
    bytes: config,
    filesOf: (bytes) => files({ 'config.json': bytes, 'model.safetensors': safetensors }),
    checked: false,
  },
]

/** Opens `count` mutated files of every format: each is refused in a sentence, or opened as what it says. */
export function mutatedFiles(count: number, seed: number): Tally[] {
  return formats.map(({ name, bytes, filesOf, checked }) => {
    const tally = tallyOf(`mutated ${name}`)
    for (const mutated of fc.sample(mutation(bytes), { numRuns: count, seed })) {
      tally.tried++
      try {
        const opened = openModelBytes(`mutated${name}`, filesOf(mutated))
        if (checked && fingerprint(opened) !== fingerprint(openModelBytes('whole', filesOf(bytes)))) tally.wrong++
      } catch (error) {
        if (!(error instanceof BadInput)) tally.crashed++
        else if (error.message.length > 300) tally.wrong++
      }
    }
    return tally
  })
}

function files(all: Readonly<Record<string, Uint8Array>>): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(all))
}

/** A few bytes changed, a stretch repeated or left out, or an end cut off; where the file begins and ends more often than elsewhere. */
function mutation(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const { length } = bytes
  const place = fc.oneof(
    fc.nat(length - 1),
    fc.nat(Math.min(length, 2000) - 1),
    fc.nat(Math.min(length, 3000) - 1).map((back) => length - 1 - back),
  )
  const flips = fc
    .array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 })
    .map((changes) => {
      const changed = bytes.slice()
      for (const [at, bits] of changes) changed[at]! ^= bits
      return changed
    })
  const cut = place.map((at) => bytes.slice(0, at))
  const without = fc.tuple(place, fc.integer({ min: 1, max: 64 })).map(([at, size]) => {
    return new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(Math.min(length, at + size))])
  })
  return fc.oneof({ weight: 5, arbitrary: flips }, cut, without)
}

function fingerprint({ weights }: OpenedModel): string {
  const hash = createHash('sha256')
  for (const [name, { data }] of tensorsOf({ weights })) hash.update(name).update(Float64Array.from(data))
  return hash.digest('hex')
}

function tensorsOf({ weights }: Pick<OpenedModel, 'weights'>) {
  return Object.entries(weights) as [string, { shape: readonly number[]; data: ArrayLike<number> }][]
}
