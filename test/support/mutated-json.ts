import { fc } from './arbitraries'

/** A JSON text that something has happened to, and what. */
export interface Mutated {
  readonly text: string
  readonly how: string
}

type Path = readonly (string | number)[]

/** Values of every kind, most of which belong nowhere. */
const strangers: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e12,
  '',
  'unforeseen',
  'x'.repeat(300),
  {},
  [],
  { unforeseen: 1 },
  [[]],
]

/** Any one thing that may go wrong with a JSON document: in one of its values, in its keys, or in its characters. */
export function mutatedJson(value: unknown): fc.Arbitrary<Mutated> {
  const text = JSON.stringify(value)
  const paths = pathsOf(value)
  const objects = paths.filter((path) => isPlainObject(at(value, path)))
  const lists = paths.filter((path) => Array.isArray(at(value, path)))
  const of = (changed: unknown, how: string) => ({ text: JSON.stringify(changed), how })
  return fc.oneof(
    fc.tuple(fc.constantFrom(...paths.slice(1)), fc.constantFrom(...strangers)).map(([path, stranger]) =>
      of(
        changed(value, path, () => stranger),
        `"${path.join('.')}" became ${JSON.stringify(stranger)}`,
      ),
    ),
    fc.constantFrom(...paths.slice(1)).map((path) =>
      of(
        changed(value, path, () => undefined),
        `"${path.join('.')}" was left out`,
      ),
    ),
    fc
      .tuple(fc.constantFrom(...objects), fc.constantFrom('unforeseen', '__proto__', 'constructor', ''))
      .map(([path, key]) =>
        of(
          changed(value, path, (object) => ({ ...(object as object), [key]: 1 })),
          `"${path.join('.')}" got "${key}"`,
        ),
      ),
    fc.constantFrom(...lists).map((path) =>
      of(
        changed(value, path, (list) => Array<unknown>(501).fill((list as unknown[])[0] ?? 0)),
        `"${path.join('.')}" grew`,
      ),
    ),
    fc.nat(text.length - 1).map((end) => ({ text: text.slice(0, end), how: `was cut at ${end}` })),
    fc
      .tuple(fc.nat(text.length - 1), fc.constantFrom('\0', '}', '"', ',', '\\', '\u2028', '9', ' '))
      .map(([place, character]) => ({
        text: text.slice(0, place) + character + text.slice(place + 1),
        how: `has ${JSON.stringify(character)} at ${place}`,
      })),
  )
}

/** Every place in a value, the whole first. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const children = Array.isArray(value)
    ? value.map((each, index) => [index, each] as const)
    : isPlainObject(value)
      ? Object.entries(value)
      : []
  return [path, ...children.flatMap(([key, child]) => pathsOf(child, [...path, key]))]
}

function at(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value)
}

/** A copy in which one place is changed; without a value it is left out. */
function changed(value: unknown, [key, ...rest]: Path, change: (inner: unknown) => unknown): unknown {
  if (key === undefined) return change(value)
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }
  const place = copy as Record<string | number, unknown>
  place[key] = changed(place[key], rest, change)
  return copy
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
