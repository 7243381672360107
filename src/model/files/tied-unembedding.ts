import type { StoredTensor, StoredTensors } from './stored-tensor'

/**
 * With tied embeddings a file may hold only one of the two: W_U [d_model, vocab] is then W_E [vocab, d_model] transposed, and b_U is
 * 0.
 */
export function withTiedUnembedding(tensors: StoredTensors, isTied: boolean): StoredTensors {
  const embedding = tensors.get('embed.W_E')
  if (!isTied || !embedding || tensors.has('unembed.W_U')) return tensors
  const [vocab, d_model] = embedding.shape as [number, number]
  const unembedding: StoredTensor = {
    type: embedding.type,
    shape: [d_model, vocab],
    read: () => {
      const data = embedding.read()
      return data.map((_, index) => data[(index % vocab) * d_model + Math.floor(index / vocab)]!)
    },
  }
  const none: StoredTensor = { type: 'F32', shape: [vocab], read: () => new Float32Array(vocab) }
  return new Map([['unembed.b_U', none], ...tensors, ['unembed.W_U', unembedding]])
}
