import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const source = (path: string) => resolve(import.meta.dirname, 'src', path)

/** What the native libraries are, for the installed app to find them unchanged (`src/main/native-code.ts`). */
function nativeCode(): Record<string, string> {
  const folder = resolve(import.meta.dirname, 'node_modules/onnxruntime-node')
  const paths = readdirSync(join(folder, 'bin'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /[\\/](linux|win32)[\\/].*\.(node|dll|so\.1)$/.test(path))
    .map((path) => join('bin', path))
    .toSorted()
  const hash = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex')
  return Object.fromEntries(paths.map((path) => [path.replaceAll('\\', '/'), hash(path)]))
}

/** The commit that is built; CARRYSCOPE_BUILD names it where there is no repository. */
function buildName(): string {
  if (process.env['CARRYSCOPE_BUILD']) return process.env['CARRYSCOPE_BUILD']
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8', stdio: 'pipe' })
    return git('describe', '--always', '--dirty', '--abbrev=9', '--exclude=*').trim()
  } catch {
    return 'unnamed'
  }
}

/** Has the page's faces read beside its code, and not once that has run: it measures text before it draws. */
const facesBesideCode: Plugin = {
  name: 'faces-beside-code',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((name) => name.endsWith('.woff2'))
        .map((name) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `./${name}` },
          injectTo: 'head' as const,
        })),
  },
}

const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, 'package.json'), 'utf8')) as {
  version: string
}

export default defineConfig(({ command }) => ({
  main: {
    define: { __NATIVE_CODE__: JSON.stringify(command === 'build' ? nativeCode() : {}) },
    build: {
      rolldownOptions: {
        input: {
          index: source('main/index.ts'),
          engine: source('engine/index.ts'),
          trial: source('engine/trial-entry.ts'),
          evaluator: source('engine/exhaustive/evaluator-entry.ts'),
          job: source('engine/exhaustive/job-entry.ts'),
          trainer: source('engine/training/trainer-entry.ts'),
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
    plugins: [svelte(), facesBesideCode],
    define: { __BUILD__: JSON.stringify({ version, build: buildName() }) },
    build: {
      minify: true,
      chunkSizeWarningLimit: 2000,
      // One sheet, in one order, whatever is read later.
      cssCodeSplit: false,
      rolldownOptions: { input: { index: source('renderer/index.html') } },
    },
  },
}))
