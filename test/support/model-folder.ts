import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SmallConfig } from './random-model'
import { writeConfig } from '../../src/model/files/config-file'
import { writeSafetensors } from '../../src/model/files/safetensors-writer'
import { randomWeights } from '../../src/model/random-weights'
import { smallConfig } from './random-model'

/** A model folder on disk with an untrained model, by default of 2 layers, 3 heads and 4 digits, and its removal. */
export function randomModelFolder(change: SmallConfig = {}): { path: string; remove: () => void } {
  const config = smallConfig(change)
  const path = mkdtempSync(join(tmpdir(), 'carryscope-model-'))
  writeFileSync(join(path, 'config.json'), writeConfig(config))
  writeFileSync(join(path, 'model.safetensors'), writeSafetensors(randomWeights(config, 1)))
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true })
    },
  }
}
