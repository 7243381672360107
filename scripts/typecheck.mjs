// Types of every layer, each with the library types of the runtime that it may use, then the Svelte components.
import { tool } from './tool.mjs'

const layers = ['src/core', 'src/engine', 'src/preload', 'test']
const failed = []

for (const layer of layers) {
  const pretty = String(Boolean(process.stdout.isTTY))
  const code = await tool('typescript', ['-p', `${layer}/tsconfig.json`, '--pretty', pretty], { command: 'tsc' })
  if (code !== 0) failed.push(layer)
}

const code = await tool('svelte-check', ['--tsconfig', 'src/renderer/tsconfig.json', '--fail-on-warnings'])
if (code !== 0) failed.push('src/renderer')

if (failed.length > 0) console.error(`Types do not fit in ${failed.join(', ')}.`)
process.exitCode = failed.length > 0 ? 1 : 0
