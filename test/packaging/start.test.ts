import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { canStart, confined, needsStandIn, packed, startPackaged } from '../support/package'

const confinable = canStart && confined(tmpdir()) !== null
const needsNamespaces = confinable || !canStart ? '' : ' (skipped: this machine lets no namespaces be made)'

test.skipIf(!confinable)(
  `the packaged app starts without a network, from a read-only folder, and on a full disk says so${needsStandIn}${needsNamespaces}`,
  () => {
    const folder = packed('folder')
    const around = confined(folder) ?? []
    const started = startPackaged(join(folder, 'carryscope'), { around, until: 'could not be saved' })
    expect(started.text).toMatch(/model sum-4digit/)
    expect(started.text).toMatch(/engine [\d.]+ ms/)
    expect(started.text).toMatch(/The session could not be saved to "\S+session\.json" \(the disk is full\): make room/)
    expect(started.writable).toBe(false)
    expect(started.networks.filter((name) => name !== 'lo')).toEqual([])
    const native = join(folder, 'resources/app.asar.unpacked/node_modules/onnxruntime-node/bin/napi-v6/linux/x64')
    expect(new Set(started.libraries)).toEqual(
      new Set([join(native, 'libonnxruntime.so.1'), join(native, 'onnxruntime_binding.node')]),
    )
  },
  180_000,
)

test.skipIf(!canStart)(
  `a library that was changed after it was built is refused in a sentence${needsStandIn}`,
  () => {
    const copy = mkdtempSync(join(tmpdir(), 'carryscope-changed-'))
    try {
      cpSync(packed('folder'), copy, { recursive: true })
      const binding = 'app.asar.unpacked/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node'
      writeFileSync(join(copy, 'resources', binding), 'something else')
      const started = startPackaged(join(copy, 'carryscope'))
      expect(started.refused).toBe(
        `Carryscope was not started: The library "${join(copy, 'resources', binding)}" is not the one that Carryscope was built with: install Carryscope again.`,
      )
      expect(started.libraries).toEqual([])
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  },
  180_000,
)
