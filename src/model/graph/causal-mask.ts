import type { Value } from '../onnx/value'
import type { GraphContext } from './graph-context'

/** 1 where the key [1] is not after the query [0]; the queries' positions are given. */
export function visible({ builder, length }: GraphContext, queries: readonly number[]): Value {
  const mask = queries.flatMap((query) => Array.from({ length }, (_, key) => Number(key <= query)))
  return builder.constant([queries.length, length], Uint8Array.from(mask))
}
