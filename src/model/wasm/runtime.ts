import { all, multiplyAdd, set } from './instructions'
import { types, wasmModule } from './module'

interface Memory {
  readonly buffer: ArrayBuffer
}
interface Runtime {
  readonly Memory: new (size: { initial: number }) => Memory
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: object }
  validate(bytes: Uint8Array<ArrayBuffer>): boolean
}

/** WebAssembly as far as it is used here: every runtime has it, but not the types of every room. */
export const WebAssembly = (globalThis as unknown as { readonly WebAssembly: Runtime }).WebAssembly

/** Whether the runtime has relaxed SIMD, and so a fused multiply-add. */
export function hasFusedMultiplyAdd(): boolean {
  const body = set(0, multiplyAdd('fused', all(1), all(1), all(1)))
  return WebAssembly.validate(wasmModule([{ name: 'probe', parameters: [], locals: [types.vector], body }], 1))
}
