/** The same fields, each told of on its own: whoever reads one hears of it alone, and not of every change of the others. */
export function fieldsOf<T extends object>(value: T): T {
  const fields = {} as T
  for (const key of Object.keys(value) as (keyof T)[]) {
    let field = $state.raw(value[key])
    Object.defineProperty(fields, key, {
      enumerable: true,
      get: () => field,
      set: (next: T[keyof T]) => (field = next),
    })
  }
  return fields
}
