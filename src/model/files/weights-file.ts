import { BadInput } from '../../core/bad-input'

/** Which of a folder's files holds the weights, and what to say where that was a choice. */
export interface WeightsFile {
  readonly file: string
  readonly notice: string | null
}

/** Names that mean the model itself, first one first. */
const usualNames = ['model.safetensors', 'model.pt', 'model.pth', 'pytorch_model.bin']

export function isWeightsName(name: string): boolean {
  return /\.(safetensors|pt|pth|bin|ckpt)$/i.test(name)
}

/**
 * The weights among a folder's files: those with a usual name, the only ones, or of a series of checkpoints (`step-500.pt`,
 * `step-1000.pt`) the last. `folder` is what was opened. Throws BadInput where there are none, or several that make no series.
 */
export function weightsFileAmong(folder: string, files: readonly string[]): WeightsFile {
  const usual = usualNames.find((name) => files.includes(name))
  if (usual !== undefined) return { file: usual, notice: null }
  const candidates = files.filter(isWeightsName)
  if (candidates.length === 1) return { file: candidates[0]!, notice: null }
  if (candidates.length === 0)
    throw new BadInput(
      `"${folder}" has no file that could hold weights; open a folder with config.json and model.safetensors, a .safetensors file or a .pt file.`,
    )
  const last = lastOfSeries(candidates)
  if (last === null)
    throw new BadInput(
      `"${folder}" has several files that could hold weights (${shortList(candidates)}); open one of them by its own name.`,
    )
  return {
    file: last,
    notice: `"${folder}" has ${candidates.length} checkpoints; this is the last of them, ${last}.`,
  }
}

/** The file with the highest number, where all names are alike but for one number. */
function lastOfSeries(files: readonly string[]): string | null {
  const parts = files.map((file) => /^(.*?)(\d+)(\D*)$/.exec(file))
  const [first] = parts
  if (!first || !parts.every((part) => part && part[1] === first[1] && part[3] === first[3])) return null
  return files.reduce((last, file, index) => (Number(parts[index]![2]) > numberIn(last) ? file : last))
}

function numberIn(file: string): number {
  return Number(/(\d+)\D*$/.exec(file)![1])
}

function shortList(names: readonly string[]): string {
  const shown = names
    .toSorted()
    .slice(0, 3)
    .map((name) => name.slice(0, 30))
  return shown.join(', ') + (names.length > shown.length ? ', …' : '')
}
