import { cpus } from 'node:os'
import { env } from '../onnxruntime'
import { presetRecipe, type RecipeChoices } from '../../model/training/presets'
import type { TrainingPlan } from './training-folder'

/** The plan of a training on this machine. Throws BadInput as `presetRecipe` does. */
export function planOf(preset: string, choices: RecipeChoices, provider = 'cpu'): TrainingPlan {
  return { preset, recipe: presetRecipe(preset, choices), provider, machine: machine() }
}

function machine(): Record<string, string> {
  return {
    processor: cpus()[0]?.model.trim() ?? process.arch,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    onnxruntime: env.versions.node ?? '',
  }
}
