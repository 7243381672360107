import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { importsOfScript } from './imports'

const built = resolve(import.meta.dirname, '../../out/main')
const entries = ['index', 'engine', 'trial', 'cli']

// An entry acts as soon as it is loaded: one that loaded another would open a window or run the command line.
test.skipIf(!existsSync(built)).each(entries)(
  'the built entry %s loads no other one (needs npm run build)',
  (entry) => {
    const loaded = importsOfScript(readFileSync(`${built}/${entry}.js`, 'utf8')).map(({ specifier }) => specifier)
    expect(loaded.length).toBeGreaterThan(0)
    expect(loaded.filter((specifier) => entries.some((other) => specifier === `./${other}.js`))).toEqual([])
  },
)
