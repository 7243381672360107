import { join } from 'node:path'
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

test.skipIf(!canPack)(
  `the packed executable has them${needsLinux}`,
  async () => {
    const wire = (await getCurrentFuseWire(join(packed('folder'), 'carryscope'))) as unknown as Record<number, number>
    const found = Object.fromEntries(
      Object.keys(wanted).map((name) => [name, wire[FuseV1Options[name as keyof typeof FuseV1Options]]]),
    )
    const [off, on] = ['0'.charCodeAt(0), '1'.charCodeAt(0)]
    expect(found).toEqual(Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, value ? on : off])))
  },
  180_000,
)
