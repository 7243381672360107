import { type Code, unsigned } from './instructions'

/** Types of parameters and locals. */
export const types = { integer: 0x7f, double: 0x7c, vector: 0x7b } as const

/** A function without results. Its parameters are its first locals. */
export interface WasmFunction {
  readonly name: string
  readonly parameters: readonly number[]
  readonly locals: readonly number[]
  readonly body: Code
}

const vector = (items: readonly (readonly number[])[]) => concatenated([unsigned(items.length), ...items])
const name = (text: string) => [...unsigned(text.length), ...Array.from(text, (letter) => letter.charCodeAt(0))]

/** A module that exports these functions and imports its memory as `env.memory`, of at least this many pages of 64 KiB. */
export function wasmModule(functions: readonly WasmFunction[], pages: number): Uint8Array<ArrayBuffer> {
  const sections: [id: number, content: readonly number[]][] = [
    [1, vector(functions.map(({ parameters }) => [0x60, ...vector(parameters.map((type) => [type])), 0]))],
    [2, vector([[...name('env'), ...name('memory'), 2, 0, ...unsigned(pages)]])],
    [3, vector(functions.map((_, index) => unsigned(index)))],
    [7, vector(functions.map((each, index) => [...name(each.name), 0, ...unsigned(index)]))],
    [10, vector(functions.map(bodyOf))],
  ]
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
  return Uint8Array.from(
    concatenated([header, ...sections.map(([id, content]) => concatenated([[id], unsigned(content.length), content]))]),
  )
}

function bodyOf({ locals, body }: WasmFunction): number[] {
  const declared = vector(locals.map((type) => [1, type]))
  return concatenated([unsigned(declared.length + body.length + 1), declared, body, [0x0b]])
}

/** One after the other; spreading long ones would overflow the stack. */
function concatenated(parts: readonly (readonly number[])[]): number[] {
  return parts.flatMap((part) => part)
}
