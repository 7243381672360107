import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BadInput } from '../core/bad-input'

/** A model's files as they lie on disk, by file name, and the name it is shown under. */
export interface ModelFiles {
  readonly name: string
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Models of this family are far smaller; a larger file is something else. */
const largestBytes = 512 * 2 ** 20

/** Reads a model folder (`config.json` and its weights) or a single weights file. Throws BadInput where it cannot. */
export async function readModelFiles(path: string): Promise<ModelFiles> {
  const about = await stat(path).catch(() => null)
  if (!about)
    throw new BadInput(
      `There is no model at "${path}": name a folder with config.json and model.safetensors, a .safetensors file or a .pt file.`,
    )
  const paths = about.isDirectory() ? (await readdir(path)).filter(isModelFile).map((name) => join(path, name)) : [path]
  const files = await Promise.all(paths.map(async (file) => [basename(file), await read(file)] as const))
  return { name: basename(path), files: new Map(files) }
}

function isModelFile(name: string): boolean {
  return name === 'config.json' || /\.(safetensors|pt|pth)$/.test(name)
}

async function read(path: string): Promise<Uint8Array> {
  const { size } = await stat(path)
  if (size > largestBytes)
    throw new BadInput(
      `The file "${path}" has ${Math.round(size / 2 ** 20)} MiB, more than any model of this family; choose a model's file.`,
    )
  try {
    return await readFile(path)
  } catch (error) {
    throw new BadInput(`The file "${path}" cannot be read (${(error as Error).message}); check its permissions.`)
  }
}
