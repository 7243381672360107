import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { sumDataset } from '../../src/core/dataset'
import { sizeOf } from '../../src/core/tensor'
import { tokensOf } from '../../src/core/tokens'
import type { ModelConfig } from '../../src/model/config'
import { hookNamed, shapeOfHook } from '../../src/model/hooks'
import type { Edit, Tokens } from '../../src/model/model'

/**
 * A random edit of each hook, the same for the same seed: mask and value each span the whole of some axes and broadcast
 * over the others.
 */
export function randomEdits(
  config: ModelConfig,
  hooks: readonly string[],
  { examples, seed, positions }: { examples: number; seed: number; positions?: readonly number[] },
): Edit[] {
  const generator = xoroshiro128plus(seed)
  const random = () => uniformFloat64(generator)
  return hooks.map((hook) => {
    const full = shapeOfHook(config, hookNamed(config, hook), examples, positions)
    const shape = () => full.map((extent) => (random() < 0.3 ? 1 : extent))
    const maskShape = shape()
    // One number along all of d_model has no variance, and LayerNorm would magnify its rounding 300 times.
    const valueShape = shape().with(-1, full.at(-1)!)
    const mask = {
      shape: maskShape,
      data: Uint8Array.from({ length: sizeOf(maskShape) }, () => Number(random() < 0.4)),
    }
    const data = Float32Array.from({ length: sizeOf(valueShape) }, () =>
      hook.endsWith('pattern') ? random() : 2 * random() - 1,
    )
    return { hook, mask, value: { shape: valueShape, data } }
  })
}

/** Tokens of `examples` sums drawn with a seed. */
export function randomTokens({ layout }: ModelConfig, examples: number, seed: number): Tokens {
  return tokensOf(sumDataset({ size: examples, seed }, layout), layout)
}
