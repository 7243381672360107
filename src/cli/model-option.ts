import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BadInput } from '../core/bad-input'
import type { Installation } from './installation'

export const modelOption = [
  '--model <path>',
  'a model folder, .safetensors or .pt file (default: what CARRYSCOPE_MODEL names, else the bundled model)',
] as const

/** The model that was asked for, by option or by CARRYSCOPE_MODEL, or the bundled one; absolute, or null without any. */
export function modelPathOrNull(given: string | undefined, { modelsFolder }: Installation): string | null {
  if (given !== undefined) return resolve(given)
  return modelOfEnvironment() ?? bundledModel(modelsFolder)
}

function modelOfEnvironment(): string | null {
  const named = process.env['CARRYSCOPE_MODEL']
  if (!named) return null
  if (!existsSync(named))
    throw new BadInput(
      `CARRYSCOPE_MODEL names "${named}", where there is no model: change it, unset it or give another with --model PATH.`,
    )
  return resolve(named)
}

function bundledModel(modelsFolder: string): string | null {
  const bundled = join(modelsFolder, 'sum-4digit')
  return existsSync(bundled) ? bundled : null
}

/** The same for commands that cannot do without. Throws BadInput. */
export function modelPath(given: string | undefined, installation: Installation): string {
  const path = modelPathOrNull(given, installation)
  if (path === null)
    throw new BadInput(
      'No model was named and none is bundled: give one with --model PATH (a folder, .safetensors or .pt).',
    )
  return path
}
