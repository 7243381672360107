import { runCli } from '../../src/cli/run-cli'
import type { Installation } from '../../src/cli/installation'
import type { ResultJson, TensorJson } from '../../src/contract/tensor-json'
import { checkpointPath } from './reference-data'

const nowhere = '/nowhere'
const installation: Installation = {
  version: '1.2.3',
  commandEntry: nowhere,
  engineEntry: nowhere,
  trialEntry: nowhere,
  evaluatorEntry: nowhere,
  jobEntry: nowhere,
  trainerEntry: nowhere,
  pageFolder: nowhere,
  peersFolder: nowhere,
  modelsFolder: nowhere,
}

/** What a command line came to. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command line in this process, as installed where there are no bundled models. */
export async function cli(...args: readonly string[]): Promise<Outcome> {
  let [out, err] = ['', '']
  const terminal = {
    out: (text: string) => (out += text),
    err: (text: string) => (err += text),
    interactive: false,
  }
  const code = await runCli(args, { terminal, installation })
  return { code, out, err }
}

/** What `--json` writes. */
export interface Envelope {
  readonly analysis: string
  readonly model: { readonly name: string; readonly sha256: string; readonly config: Record<string, unknown> }
  readonly params: Record<string, unknown>
  readonly result: ResultJson
}

const answers = new Map<string, Promise<Envelope>>()

/** An analysis of the published checkpoint as the command line's JSON tells it; each is run once. */
export function analyzed(id: string, ...options: readonly string[]): Promise<Envelope> {
  const args = ['analyze', id, '--model', checkpointPath, ...options, '--json', '-']
  const known = answers.get(args.join(' ')) ?? run(args)
  answers.set(args.join(' '), known)
  return known
}

async function run(args: readonly string[]): Promise<Envelope> {
  const { code, out, err } = await cli(...args)
  if (code !== 0) throw new Error(err)
  return JSON.parse(out) as Envelope
}

/** A tensor of a result, by name. */
export function tensorOf({ result }: Envelope, name: string): TensorJson {
  const value = result[name]
  if (typeof value !== 'object' || value === null || !('dims' in value))
    throw new Error(`The result has no tensor "${name}", only ${Object.keys(result).join(', ')}.`)
  return value
}

/**
 * The entries of a tensor, row-major, where each named axis has only the chosen indices (or labels), in the order chosen. A
 * missing entry is NaN.
 */
export function entriesOf(
  { dims, shape, data, labels }: TensorJson,
  chosen: Readonly<Record<string, number | string | readonly (number | string)[]>> = {},
): number[] {
  const choices = dims.map((dim, axis) => {
    const wanted = chosen[dim]
    if (wanted === undefined) return Array.from({ length: shape[axis]! }, (_, index) => index)
    return [wanted].flat().map((one) => (typeof one === 'number' ? one : indexOfLabel(labels[dim]!, one)))
  })
  const places = choices.reduce<number[]>(
    (offsets, indices, axis) => offsets.flatMap((offset) => indices.map((index) => offset * shape[axis]! + index)),
    [0],
  )
  return places.map((place) => data[place] ?? NaN)
}

function indexOfLabel(labels: readonly string[], wanted: string): number {
  const index = labels.indexOf(wanted)
  if (index < 0) throw new Error(`There is no "${wanted}" among ${labels.join(', ')}.`)
  return index
}
