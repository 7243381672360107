import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, cpus } from 'node:os'
import { dirname, join } from 'node:path'

/** The processor's name, and those of the graphics processors whose driver tells them. */
export function deviceName(): string {
  return [cpus()[0]?.model.trim() ?? 'unknown processor', ...graphicsNames()].join(', ')
}

/**
 * A hash that changes when a measurement of execution providers no longer holds: with the processor, a graphics processor or
 * its driver, or with onnxruntime and its libraries.
 */
export function machineKey(): string {
  const parts = [process.platform, process.arch, availableParallelism(), deviceName(), graphicsDevices(), runtime()]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

function graphicsNames(): readonly string[] {
  const folder = '/proc/driver/nvidia/gpus'
  return listed(folder).flatMap((gpu) => {
    const name = /^Model:\s*(.+)$/m.exec(textOf(join(folder, gpu, 'information')))?.[1]
    return name === undefined ? [] : [name.trim()]
  })
}

/** Vendor and device numbers of what Linux can draw with, and NVIDIA's driver; other systems tell nothing without a library. */
function graphicsDevices(): readonly string[] {
  const folder = '/sys/class/drm'
  const devices = listed(folder)
    .filter((name) => /^(card|renderD)\d+$/.test(name))
    .map((name) => ['vendor', 'device'].map((file) => textOf(join(folder, name, 'device', file))).join())
  return [...devices, textOf('/proc/driver/nvidia/version')]
}

/** onnxruntime's version and the libraries that lie beside it: CUDA's come later, by choice. */
function runtime(): readonly string[] {
  const main = createRequire(import.meta.url).resolve('onnxruntime-node')
  const root = inTheOpen(join(dirname(main), '..'))
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return [version, ...listed(join(root, 'bin/napi-v6', process.platform, process.arch))]
}

/** Where a path of the packaged app's archive lies beside it: only there do files appear that were added later. */
function inTheOpen(path: string): string {
  return path.replace(/\bapp\.asar(?=[\\/])/, 'app.asar.unpacked')
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
