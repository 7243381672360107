import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BadInput } from '../core/bad-input'
import { parseLayout } from '../core/layout-text'
import type { TaskLayout } from '../core/task-layout'
import type { Installation } from './installation'

export const modelOption = [
  '--model <path>',
  'a model folder, .safetensors or .pt file (default: what CARRYSCOPE_MODEL names, else the bundled model)',
] as const

export const layoutOption = [
  '--layout <words>',
  'how its sums are written, where its files do not say it or say it wrongly, such as "3 digits, answers of 4, units first"',
] as const

/** The layout that was asked for, as a part of what a model is opened with; empty where none was. Throws BadInput. */
export function layoutAsked(words: string | undefined): { readonly layout?: TaskLayout } {
  return words === undefined ? {} : { layout: parseLayout(words) }
}

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
