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
          cli: source('cli/index.ts'),
        },
        output: { format: 'cjs' },
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
    build: { minify: true, rolldownOptions: { input: { index: source('renderer/index.html') } } },
  },
})
