import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildModelGraph } from '../../../src/model/graph/model-graph'
import type { GraphSpec } from '../../../src/model/graph/graph-spec'
import { hooksOf } from '../../../src/model/hooks'
import { hooksToShare } from '../../../src/model/shared-with-clean'
import { stepGraph } from '../../../src/model/training/step-graph'
import { randomModel, smallConfig } from '../../support/random-model'

const config = smallConfig({ numDigits: 2 })
const hooks = hooksOf(config).map(({ name }) => name)
const specs: Readonly<Record<string, GraphSpec>> = {
  everything: { outputs: [...hooks, 'dla'] },
  'the answer from tables': { outputs: ['logits'], tables: true, positions: [5, 6] },
  'edits everywhere': {
    outputs: ['logits', 'dla'],
    edits: hooks.filter((name) => /hook_(q|k|v|pattern|z|result)$/.test(name)),
  },
  'a later start': { outputs: ['logits'], startLayer: 1, positions: [5, 6] },
  'one head alone': {
    outputs: ['logits'],
    edits: ['blocks.0.attn.hook_q'],
    known: hooksToShare(config).filter((name) => name.startsWith('blocks.0.')),
    positions: [5, 6],
  },
}

/** SHA-256 of what was built before models had other blocks; of one head alone and a training step, since they were last made faster. */
const known: Readonly<Record<string, string>> = {
  everything: 'fab27cfebaeed79b5180bec970a31fdcbff06a596a3fe007a5f1cba7bbe13fc5',
  'the answer from tables': 'ba2d57e09bfeb57bb295979c99089e1a1c874a81c1848d400cab440256fc6732',
  'edits everywhere': 'b17141469d909bc82ceab858a751ac228a3edd44f533e9391e0fff2da1cfdaff',
  'a later start': '8d6cfd563b0604751b372a2ac17d9d58a04065c75ad2f54ea16e6300655a92ad',
  'one head alone': '7453d28dd22b0d679137a3a630f4d33a0c5c3a1085b1d84aa9e136d9e57b3884',
  'training step': '6d47861063bcad166bdb28c17890a2f6305dbad93225615e4797447fb171b8c9',
}

test.each(Object.keys(specs))('the graph of an attention-only model stays what it was, byte for byte: %s', (name) => {
  const { weights } = randomModel(config)
  expect(sha256(withoutMetadata(buildModelGraph(config, weights, specs[name]!)))).toBe(known[name])
})

test('so does the graph of a training step', () => {
  const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 }
  expect(sha256(stepGraph(config, 4, adam))).toBe(known['training step'])
})

/** The graph alone: the configuration, as text under the key `config`, comes last. */
function withoutMetadata(bytes: Uint8Array): Uint8Array {
  const lengths = 5
  return bytes.subarray(0, Buffer.from(bytes).lastIndexOf('config') - lengths)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
