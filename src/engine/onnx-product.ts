import type { MatrixStack, StackProduct } from '../core/matrix-stack'
import { GraphBuilder } from '../model/onnx/builder'
import { InferenceSession, Tensor } from './onnxruntime'
import { SessionCache } from './session-cache'
import { manySessions, sessionOptions } from './session-options'
import type { Turn } from './scheduler'

/** One graph for each of the two products in either precision, whatever the sizes. */
const sessions = new SessionCache(4)

/** Products of matrices by onnxruntime on the CPU, each a turn of its own: dozens of times as fast as loops. */
export function onnxProduct(turn: Turn): StackProduct {
  return async (left, right, transposed = false) => {
    await turn()
    const type = [left, right].some(({ data }) => data instanceof Float64Array) ? 'float64' : 'float32'
    const create = () =>
      InferenceSession.create(productGraph(type, transposed), { ...sessionOptions(), ...manySessions(true) })
    return sessions.use(`${type} ${transposed}`, create, async (session) => {
      const { product } = await session.run({ left: asTensor(left, type), right: asTensor(right, type) })
      const [count, rows, columns] = product!.dims as [number, number, number]
      return { count, rows, columns, data: product!.data as Float32Array | Float64Array }
    })
  }
}

type Precision = 'float32' | 'float64'

function productGraph(type: Precision, transposed: boolean): Uint8Array {
  const builder = new GraphBuilder('product')
  const left = builder.input('left', type, transposed ? ['count', 'inner', 'rows'] : ['count', 'rows', 'inner'])
  const right = builder.input('right', type, ['count', 'inner', 'columns'])
  const turned = transposed ? builder.op('Transpose', [left], { perm: [0, 2, 1] }) : left
  builder.output(builder.op('MatMul', [turned, right]), 'product')
  return builder.build()
}

function asTensor({ count, rows, columns, data }: MatrixStack, type: Precision): Tensor {
  const kind = type === 'float32' ? Float32Array : Float64Array
  return new Tensor(type, data instanceof kind ? data : kind.from(data), [count, rows, columns])
}
