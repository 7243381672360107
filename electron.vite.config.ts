import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

const source = (path: string) => resolve(import.meta.dirname, 'src', path)

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: {
          index: source('main/index.ts'),
          engine: source('engine/index.ts'),
          trial: source('engine/trial-entry.ts'),
          evaluator: source('engine/exhaustive/evaluator-entry.ts'),
          cli: source('cli/index.ts'),
        },
        output: {
          format: 'cjs',
          // The bundler keeps its helpers beside the packages that need most of them. Were these in the command line's
          // entry, every other entry would load that for the helpers, and so run it.
          codeSplitting: { groups: [{ name: 'command-line', test: /node_modules[\\/](commander|ws)[\\/]/ }] },
        },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: { input: { index: source('preload/index.ts') }, output: { format: 'cjs' } },
    },
  },
  renderer: {
    root: source('renderer'),
    plugins: [svelte()],
    build: {
      minify: true,
      // Read from the disk in one go; a second chunk would only be a second file.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: { index: source('renderer/index.html') } },
    },
  },
})
