import { dirname, join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from 'vitest'
import { builderConfig, canPack, needsLinux, packed } from '../support/package'

/** What Electron recommends of each fuse that can be set: https://www.electronjs.org/docs/latest/tutorial/fuses */
const wanted: Record<keyof typeof FuseV1Options, boolean> = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
}

/** V8's own handlers for memory that WebAssembly reaches out of bounds: on, as Electron has it; @electron/fuses cannot turn it off yet. */
const wasmTrapHandlers = 8

test('there is a decision about every fuse', () => {
  const names = Object.keys(FuseV1Options).filter((name) => !/^\d/.test(name))
  const decided = builderConfig()['electronFuses'] as Record<string, boolean>
  expect(
    Object.keys(decided)
      .map((name) => name.charAt(0).toUpperCase() + name.slice(1))
      .toSorted(),
  ).toEqual(names.toSorted())
  for (const [name, value] of Object.entries(wanted))
    expect(decided[name.charAt(0).toLowerCase() + name.slice(1)], name).toBe(value)
})

const wireOf = async (executable: string) =>
  (await getCurrentFuseWire(executable)) as unknown as Readonly<Record<number, number>>
const [off, on] = ['0'.charCodeAt(0), '1'.charCodeAt(0)]

test.skipIf(!canPack)(
  `the packed executable has them, and Electron’s own did not${needsLinux}`,
  async () => {
    const folder = packed('folder')
    const [before, after] = [
      await wireOf(join(dirname(folder), 'electron/electron')),
      await wireOf(join(folder, 'carryscope')),
    ]
    const names = Object.keys(wanted) as (keyof typeof wanted)[]
    const states = (wire: Readonly<Record<number, number>>) => names.map((name) => wire[FuseV1Options[name]])
    expect(states(after)).toEqual(names.map((name) => (wanted[name] ? on : off)))
    const same = names.filter((_, index) => states(before)[index] === states(after)[index])
    expect(same).toEqual(['LoadBrowserProcessSpecificV8Snapshot'])
    expect(after[wasmTrapHandlers]).toBe(on)
    // A tenth one wants a decision too.
    expect(Object.keys(after).filter((key) => key !== 'version')).toHaveLength(names.length + 1)
  },
  180_000,
)
