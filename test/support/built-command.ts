import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '../..')

/** Builds the command line into a new folder inside the repository, two levels down, where it finds onnxruntime and its version. */
export async function builtCommand(): Promise<{ readonly folder: string; readonly entry: string }> {
  mkdirSync(join(root, '.carryscope'), { recursive: true })
  const folder = mkdtempSync(join(root, '.carryscope/built-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, external: ['onnxruntime-node'] },
    build: {
      ssr: join(root, 'src/cli/index.ts'),
      outDir: folder,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'cli.cjs' } },
    },
  })
  return { folder, entry: join(folder, 'cli.cjs') }
}
