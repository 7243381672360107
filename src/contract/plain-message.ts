/** No message of the contract is nested deeper, or has a longer list; objects are counted like lists. */
const deepest = 12
const longest = 1000

/**
 * Why a message cannot be one of the contract, whatever its schema says, or null. Asked before any schema, since to validate what
 * is huge or of another kind takes memory and time, and may throw: a list of numbers in one typed array, a list of a thousand million
 * holes, an object that contains itself. Bytes have one place, `params.source.bytes`.
 */
export function whyNotPlain(message: unknown): string | null {
  return reasonAt(message, '', 0)
}

function reasonAt(value: unknown, path: string, depth: number): string | null {
  if (typeof value !== 'object' || value === null) return null
  if (depth > deepest) return 'it is nested deeper than any message of the contract'
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    const inPlace = path === 'params.source.bytes' && value instanceof Uint8Array
    return inPlace ? null : `${path === '' ? 'it' : `at ${shortened(path)}, it`} has raw bytes where none are expected`
  }
  const tooLong = `${path === '' ? 'it' : `at ${shortened(path)}, it`} has more than ${longest} entries`
  if (Array.isArray(value) && value.length > longest) return tooLong
  const keys = Object.keys(value)
  if (keys.length > longest) return tooLong
  for (const key of keys) {
    const reason = reasonAt((value as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`, depth + 1)
    if (reason !== null) return reason
  }
  return null
}

function shortened(path: string): string {
  return path.length > 60 ? `${path.slice(0, 60)}…` : path
}
