import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Model } from '../model/model'
import type { Installation } from './installation'

/** Why a peer was not measured, in one sentence. */
export interface Absent {
  readonly absent: string
}

/**
 * Runs a script of test/peers on the Python that PYTHON names, by default python3, and returns the JSON of its last line. It gets
 * `given` and the model's configuration and parameters as JSON.
 */
export function runPeer(
  script: string,
  model: Model,
  given: object,
  { peersFolder }: Installation,
): Absent | { readonly answer: unknown } {
  const path = join(peersFolder, script)
  if (!existsSync(path))
    return { absent: 'The comparison with TransformerLens needs a clone: its script is not part of the app.' }
  const python = process.env['PYTHON'] ?? 'python3'
  if (spawnSync(python, ['-c', 'import torch, transformer_lens']).status !== 0)
    return {
      absent: `TransformerLens was not measured: "${python}" has no torch and transformer_lens; see docs/command-line.md.`,
    }
  const parameters = Object.fromEntries(
    [...model.weights].map(([name, { shape, data }]) => [name, { shape, data: [...data] }]),
  )
  const { stdout, stderr, status } = spawnSync(python, [path], {
    input: JSON.stringify({ config: model.config, parameters, ...given }),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) return { absent: `TransformerLens was not measured: its script failed (${lastLine(stderr)}).` }
  return { answer: JSON.parse(lastLine(stdout)) }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
