import { type StoredTensor, type StoredTensors, sizeOf } from './stored-tensor'

/** Whether the names are those of TransformerLens 4's native models, `TransformerBridge.boot_native`. */
export function isNative(tensors: StoredTensors): boolean {
  return tensors.has('embed.weight') && !tensors.has('embed.W_E')
}

type Change = (tensor: StoredTensor, heads: number) => StoredTensor

/** A linear layer there has its weight as PyTorch keeps it, [outputs, inputs]; with heads, all of them side by side. */
const changes: readonly (readonly [pattern: RegExp, name: string, change: Change])[] = [
  [/^embed\.weight$/, 'embed.W_E', same],
  [/^pos_embed\.weight$/, 'pos_embed.W_pos', same],
  [/^(blocks\.\d+\.ln\d|ln_final)\.weight$/, '$1.w', same],
  [/^(blocks\.\d+\.ln\d|ln_final)\.bias$/, '$1.b', same],
  [/^(blocks\.\d+\.attn)\.q\.weight$/, '$1.W_Q', readByHeads],
  [/^(blocks\.\d+\.attn)\.k\.weight$/, '$1.W_K', readByHeads],
  [/^(blocks\.\d+\.attn)\.v\.weight$/, '$1.W_V', readByHeads],
  [/^(blocks\.\d+\.attn)\.q\.bias$/, '$1.b_Q', byHeads],
  [/^(blocks\.\d+\.attn)\.k\.bias$/, '$1.b_K', byHeads],
  [/^(blocks\.\d+\.attn)\.v\.bias$/, '$1.b_V', byHeads],
  [/^(blocks\.\d+\.attn)\.o\.weight$/, '$1.W_O', writtenByHeads],
  [/^(blocks\.\d+\.attn)\.o\.bias$/, '$1.b_O', same],
  [/^(blocks\.\d+\.mlp)\.in\.weight$/, '$1.W_in', transposed],
  [/^(blocks\.\d+\.mlp)\.in\.bias$/, '$1.b_in', same],
  [/^(blocks\.\d+\.mlp)\.out\.weight$/, '$1.W_out', transposed],
  [/^(blocks\.\d+\.mlp)\.out\.bias$/, '$1.b_out', same],
  [/^unembed\.weight$/, 'unembed.W_U', transposed],
  [/^unembed\.bias$/, 'unembed.b_U', same],
]

/** The tensors of a native model under TransformerLens's classic names and in its classic shapes, with this many heads. */
export function classicTensors(tensors: StoredTensors, heads: number): StoredTensors {
  return new Map(
    [...tensors].map(([name, tensor]) => {
      const known = changes.find(([pattern]) => pattern.test(name))
      return known ? [name.replace(known[0], known[1]), known[2](tensor, heads)] : [name, tensor]
    }),
  )
}

function same(tensor: StoredTensor): StoredTensor {
  return tensor
}

/** [row, column] as [column, row]. */
function transposed(tensor: StoredTensor): StoredTensor {
  const [rows, columns] = tensor.shape
  if (tensor.shape.length !== 2) return tensor
  return {
    ...about(tensor, [columns!, rows!]),
    read: () => {
      const data = tensor.read()
      return data.map((_, index) => data[(index % rows!) * columns! + Math.floor(index / rows!)]!)
    },
  }
}

/** [head * d_head, d_model] as [head, d_model, d_head]. */
function readByHeads(tensor: StoredTensor, heads: number): StoredTensor {
  const [rows, d_model] = tensor.shape
  if (tensor.shape.length !== 2 || rows! % heads !== 0) return tensor
  const d_head = rows! / heads
  return {
    ...about(tensor, [heads, d_model!, d_head]),
    read: () => {
      const data = tensor.read()
      return data.map((_, index) => {
        const row = Math.floor(index / (d_model! * d_head)) * d_head + (index % d_head)
        return data[row * d_model! + (Math.floor(index / d_head) % d_model!)]!
      })
    },
  }
}

/** [d_model, head * d_head] as [head, d_head, d_model]. */
function writtenByHeads(tensor: StoredTensor, heads: number): StoredTensor {
  const rows = transposed(tensor)
  if (rows.shape.length !== 2 || rows.shape[0]! % heads !== 0) return tensor
  return { ...about(rows, [heads, rows.shape[0]! / heads, rows.shape[1]!]), read: () => rows.read() }
}

/** [head * d_head] as [head, d_head]. */
function byHeads(tensor: StoredTensor, heads: number): StoredTensor {
  const size = sizeOf(tensor.shape)
  return size % heads === 0 ? { ...about(tensor, [heads, size / heads]), read: () => tensor.read() } : tensor
}

function about({ type }: StoredTensor, shape: readonly number[]): Pick<StoredTensor, 'type' | 'shape'> {
  return { type, shape }
}
