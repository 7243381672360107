// The few platform globals that every runtime has (Node, Electron, browsers), so that the pure rooms can be
// compiled without the types of any of them: using `document` or `process` there does not compile.

interface TextDecoder {
  decode(input?: ArrayBuffer | ArrayBufferView): string
}
declare var TextDecoder: { new (label?: string, options?: { fatal?: boolean }): TextDecoder }

interface TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
}
declare var TextEncoder: { new (): TextEncoder }

interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
interface AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}
declare var AbortController: { new (): AbortController }

declare function structuredClone<T>(value: T): T
declare function queueMicrotask(callback: () => void): void
/** Opaque: a number in browsers, an object in Node. */
interface RuntimeTimer {
  readonly [Symbol.toStringTag]: 'timer'
}
declare function setTimeout(callback: () => void, ms: number): RuntimeTimer
declare function clearTimeout(timer: RuntimeTimer | undefined): void
