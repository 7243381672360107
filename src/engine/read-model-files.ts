import { constants } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { BadInput } from '../core/bad-input'
import { systemReason } from '../files/system-reason'
import { isWeightsName, weightsFileAmong } from '../model/files/weights-file'

/** A model's files as they lie on disk, by file name, and the name it is shown under. */
export interface ModelFiles {
  readonly name: string
  readonly files: ReadonlyMap<string, Uint8Array>
  /** The file of weights. */
  readonly weightsPath: string
  /** What a person should know of which files were taken, each a sentence. */
  readonly notices: readonly string[]
}

/** Models of this family are far smaller, checkpoints with an optimizer's state too; a larger file is something else. */
const largestBytes = 512 * 2 ** 20
const largestConfig = 2 ** 20
/** A pipe that nobody writes to would keep an ordinary `open` waiting. Windows has no such flag, and no such pipes. */
const withoutWaiting: number | undefined = constants.O_NONBLOCK
const configName = 'config.json'

/**
 * Reads a model folder (`config.json` and its weights) or a single weights file, with the `config.json` that lies beside it if that is of
 * a model. Only what is needed is read, and only of regular files: a pipe or a device may never end. Throws BadInput where it cannot.
 */
export async function readModelFiles(path: string): Promise<ModelFiles> {
  const about = await stat(path).catch(() => null)
  if (!about)
    throw new BadInput(
      `There is no model at "${path}": name a folder with config.json and model.safetensors, a .safetensors file or a .pt file.`,
    )
  const { weightsPath, notices } = about.isDirectory() ? await weightsIn(path) : { weightsPath: path, notices: [] }
  const weights = await readRegular(weightsPath, largestBytes)
  const config = await configBeside(weightsPath, about.isDirectory())
  const files = new Map([[basename(weightsPath), weights]])
  if (config) files.set(configName, config)
  return { name: basename(path), files, weightsPath, notices }
}

async function weightsIn(folder: string): Promise<{ weightsPath: string; notices: string[] }> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new BadInput(`The folder "${folder}" cannot be read (${systemReason(error)}); check its permissions.`)
  })
  const { file, notice } = weightsFileAmong(basename(folder), names.filter(isWeightsName))
  return { weightsPath: join(folder, file), notices: notice === null ? [] : [notice] }
}

/** Checkpoints of a training lie in a folder of their own within the model's. */
async function configBeside(weightsPath: string, isRequired: boolean): Promise<Uint8Array | null> {
  const folder = dirname(weightsPath)
  const folders = basename(folder) === 'checkpoints' ? [folder, dirname(folder)] : [folder]
  for (const path of folders.map((place) => join(place, configName))) {
    if (!(await stat(path).catch(() => null))) continue
    const bytes = await readRegular(path, largestConfig)
    // Beside a single file may lie the configuration of something else.
    if (isRequired || /"n_layers"\s*:/.test(new TextDecoder().decode(bytes))) return bytes
  }
  return null
}

async function readRegular(path: string, largest: number): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | (withoutWaiting ?? 0)).catch((error: unknown) => {
    throw new BadInput(`The file "${path}" cannot be read (${systemReason(error)}); check its permissions.`)
  })
  try {
    const about = await file.stat()
    if (!about.isFile())
      throw new BadInput(`"${path}" is no regular file but ${kindOf(about)}; name a model's file or folder.`)
    if (about.size > largest)
      throw new BadInput(
        `The file "${path}" has ${Math.round(about.size / 2 ** 20)} MiB, and at most ${largest / 2 ** 20} are read, more than any model of this family; choose a model's file.`,
      )
    const bytes = new Uint8Array(about.size)
    let filled = 0
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  } catch (error) {
    if (error instanceof BadInput) throw error
    throw new BadInput(`The file "${path}" cannot be read (${systemReason(error)}); check its permissions.`)
  } finally {
    await file.close()
  }
}

function kindOf(about: { isDirectory(): boolean; isFIFO(): boolean; isSocket(): boolean }): string {
  if (about.isDirectory()) return 'a folder'
  if (about.isFIFO()) return 'a pipe'
  return about.isSocket() ? 'a socket' : 'a device'
}
