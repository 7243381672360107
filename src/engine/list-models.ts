import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ListedModels } from '../contract/contract'
import { BadInput } from '../core/bad-input'
import { systemReason } from '../files/system-reason'
import { isWeightsName } from '../model/files/weights-file'

const most = 60
const checkpoints = 'checkpoints'

/**
 * The models of a folder, or of the one that a file lies in: its files of weights, its folders that are models, and the checkpoints of
 * a training. Nothing is opened. Throws BadInput where the folder is not there or cannot be read.
 */
export async function listModels(path: string): Promise<ListedModels> {
  const about = await stat(path).catch(() => null)
  if (!about) throw new BadInput(`There is nothing at "${path}" any more; name a folder that is there.`)
  const at = about.isDirectory() ? path : dirname(path)
  const folder = basename(at) === checkpoints ? dirname(at) : at
  const paths = [...(await modelsIn(folder)), ...(await modelsIn(join(folder, checkpoints)).catch(() => []))]
  return { folder, paths: paths.slice(0, most), more: Math.max(0, paths.length - most) }
}

async function modelsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new BadInput(`The folder "${folder}" cannot be read (${systemReason(error)}); check its permissions.`)
  })
  return entries
    .filter((entry) =>
      entry.isDirectory() ? existsSync(join(folder, entry.name, 'config.json')) : isWeightsName(entry.name),
    )
    .map(({ name }) => name)
    .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
    .map((name) => join(folder, name))
}
