import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The paths of the model folders that came with the program; none where there is no such folder. */
export function bundledModels(modelsFolder: string): string[] {
  if (!existsSync(modelsFolder)) return []
  return readdirSync(modelsFolder)
    .toSorted()
    .map((name) => join(modelsFolder, name))
    .filter((path) => existsSync(join(path, 'config.json')))
}
