import { inflateSync } from 'fflate'
import { BadInput } from '../../core/bad-input'
import { crc32 } from './crc32'

/** An archive may unpack to this many bytes in all; one that claims more is refused before anything is unpacked. */
const largestArchive = 512 * 2 ** 20

interface Entry {
  readonly method: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  readonly headerOffset: number
}

/** Of PKWARE's APPNOTE 4.3: signatures and fixed lengths of the three records that are read here. */
const endRecord = { signature: 0x06054b50, length: 22 }
const centralRecord = { signature: 0x02014b50, length: 46 }
const localRecord = { signature: 0x04034b50, length: 30 }
const methods = { stored: 0, deflated: 8 }

/**
 * The entries of a zip archive, unpacked one by one when asked for. Sizes come from the central directory, and every entry read is held
 * against its CRC-32 there. Throws BadInput where the archive is cut off, claims too much, or an entry is not what was packed.
 */
export class ZipArchive {
  readonly #file: string
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #entries = new Map<string, Entry>()
  /** `torch.serialization.set_crc32_options(False)` writes 0 for every entry. */
  readonly #hasChecksums: boolean

  constructor(file: string, bytes: Uint8Array) {
    this.#file = file
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#readDirectory()
    this.#hasChecksums = [...this.#entries.values()].some(({ crc }) => crc !== 0)
    const total = [...this.#entries.values()].reduce((sum, { size }) => sum + size, 0)
    if (total > largestArchive)
      throw new BadInput(
        `The archive "${file}" would unpack to ${Math.ceil(total / 2 ** 20)} MiB, but at most ${largestArchive / 2 ** 20} are read; choose a model's file.`,
      )
  }

  get names(): string[] {
    return [...this.#entries.keys()]
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  /** The unpacked size of an entry, in bytes; undefined where there is none of that name. */
  sizeOf(name: string): number | undefined {
    return this.#entries.get(name)?.size
  }

  read(name: string): Uint8Array {
    const entry = this.#entries.get(name)
    if (!entry) throw new RangeError(`The archive has no "${name}".`)
    const content = this.#unpack(name, entry)
    if (content.length !== entry.size || (this.#hasChecksums && crc32(content) !== entry.crc))
      throw new BadInput(
        `The entry "${name}" in "${this.#file}" is not what was saved: its checksum is another. The file was damaged on its way; copy it again.`,
      )
    return content
  }

  #unpack(name: string, { method, packedSize, size, headerOffset }: Entry): Uint8Array {
    if (!this.#holds(headerOffset, localRecord)) this.#damaged()
    const skipped = this.#view.getUint16(headerOffset + 26, true) + this.#view.getUint16(headerOffset + 28, true)
    const start = headerOffset + localRecord.length + skipped
    if (start + packedSize > this.#bytes.length) this.#damaged()
    const packed = this.#bytes.subarray(start, start + packedSize)
    if (method === methods.stored) return packed
    if (method !== methods.deflated)
      throw new BadInput(
        `The entry "${name}" in "${this.#file}" is packed by a method that is not read here (${method}); save the model again with torch.save.`,
      )
    try {
      return inflateSync(packed, { out: new Uint8Array(size) })
    } catch {
      return this.#damaged()
    }
  }

  #readDirectory(): void {
    const end = this.#findEnd()
    const count = this.#view.getUint16(end + 10, true)
    let offset = this.#view.getUint32(end + 16, true)
    for (let index = 0; index < count; index++) {
      if (!this.#holds(offset, centralRecord)) this.#damaged()
      const short = (at: number) => this.#view.getUint16(offset + at, true)
      const long = (at: number) => this.#view.getUint32(offset + at, true)
      const nameStart = offset + centralRecord.length
      const name = new TextDecoder().decode(this.#bytes.subarray(nameStart, nameStart + short(28)))
      if (this.#entries.has(name)) this.#damaged()
      this.#entries.set(name, {
        method: short(10),
        crc: long(16),
        packedSize: long(20),
        size: long(24),
        headerOffset: long(42),
      })
      offset = nameStart + short(28) + short(30) + short(32)
    }
  }

  /** The end record, which only a comment of at most 65,535 bytes can follow. */
  #findEnd(): number {
    const last = this.#bytes.length - endRecord.length
    for (let offset = last; offset >= Math.max(0, last - 0xffff); offset--)
      if (this.#holds(offset, endRecord)) return offset
    return this.#damaged()
  }

  #holds(offset: number, record: { readonly signature: number; readonly length: number }): boolean {
    return offset + record.length <= this.#bytes.length && this.#view.getUint32(offset, true) === record.signature
  }

  #damaged(): never {
    throw new BadInput(`The file "${this.#file}" is not a complete zip archive of a model; copy it again.`)
  }
}
