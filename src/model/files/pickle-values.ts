/** A Python name that a pickle refers to, `torch.FloatStorage`. It is never looked up, imported or called. */
export class PickleGlobal {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** What a pickle would have made by calling a name: kept as a note of what it was, and nothing else. */
export class InertObject {
  readonly name: string
  /** The attributes that were set on it, if they came as a dictionary. */
  attributes: ReadonlyMap<PickleValue, PickleValue> = new Map()
  constructor(name: string) {
    this.name = name
  }
}

/** What a pickle can leave on its stack here: tuples, lists and sets are arrays, dictionaries are maps. */
export type PickleValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | PickleGlobal
  | InertObject
  | object
  | readonly PickleValue[]
  | Map<PickleValue, PickleValue>

/** What the few references of a pickle mean. Each throws BadInput for what it does not know. */
export interface PickleWorld {
  global(name: string): PickleValue
  /** `callable(*args)` in Python; here a lookup in a fixed list. */
  reduce(callable: PickleValue, args: readonly PickleValue[]): PickleValue
  persistent(id: PickleValue): PickleValue
}
