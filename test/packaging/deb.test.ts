import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { canPack, canStart, needsStandIn, packed, startPackaged } from '../support/package'

const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
const canBuild = canPack && has('dpkg-deb')
const needsDebian = canBuild ? '' : ' (skipped: needs Debian’s dpkg-deb on x64)'
const canLint = canBuild && has('lintian')
const needsLintian = canLint ? '' : ' (skipped: needs Debian’s lintian)'
const canInstall = canBuild && canStart && process.getuid?.() === 0 && !existsSync('/opt/Carryscope')
const needsRoot = canInstall ? '' : ' (skipped: installs as root, on a Debian where Carryscope is not installed)'
const output = (program: string, ...args: string[]) =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 })

test.skipIf(!canBuild)(
  `the .deb says what it is, who maintains it and what it needs${needsDebian}`,
  () => {
    const info = output('dpkg-deb', '--info', packed('deb'))
    for (const field of ['Package: carryscope', 'Architecture: amd64', 'Section: science', 'Priority: optional'])
      expect(info).toContain(field)
    expect(info).toMatch(/Maintainer: The Carryscope authors <\S+@example\.org>/)
    expect(info).toMatch(/Depends: libc6 \(>= 2\.28\), libgtk-3-0, /)
    const contents = output('dpkg-deb', '--contents', packed('deb'))
    const paths = contents.split('\n').map((line) => line.slice(line.indexOf('./') + 1))
    expect(paths).toEqual(
      expect.arrayContaining([
        '/opt/Carryscope/carryscope',
        '/opt/Carryscope/resources/app.asar',
        '/usr/share/applications/carryscope.desktop',
        '/usr/share/mime/packages/carryscope.xml',
        '/usr/share/doc/carryscope/copyright',
        '/usr/share/icons/hicolor/1024x1024/apps/carryscope.png',
      ]),
    )
    expect(contents).not.toMatch(/^.{5}(w|.{3}w).*(?<!->.*)$/m)
  },
  180_000,
)

test.skipIf(!canBuild)(
  `links and files find the app, and two packings hold the same archive${needsDebian}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'carryscope-deb-'))
    try {
      output('dpkg-deb', '--extract', packed('deb'), folder)
      const entry = readFileSync(join(folder, 'usr/share/applications/carryscope.desktop'), 'utf8')
      expect(entry).toContain('Exec=/opt/Carryscope/carryscope %U\n')
      expect(entry).toContain('x-scheme-handler/carryscope;')
      const types = readFileSync(join(folder, 'usr/share/mime/packages/carryscope.xml'), 'utf8')
      for (const glob of ['*.safetensors', '*.pt', '*.carryscope.json'])
        expect(types).toContain(`<glob pattern="${glob}"/>`)
      const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
      expect(hash(join(folder, 'opt/Carryscope/resources/app.asar'))).toBe(
        hash(join(packed('folder'), 'resources/app.asar')),
      )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  180_000,
)

test.skipIf(!canLint)(
  `lintian finds no error in it${needsLintian}`,
  () => {
    const { stdout, status } = spawnSync('lintian', ['--fail-on', 'error', packed('deb')], { encoding: 'utf8' })
    expect({ status, errors: stdout.split('\n').filter((line) => line.startsWith('E:')) }).toEqual({
      status: 0,
      errors: [],
    })
  },
  180_000,
)

test.skipIf(!canInstall)(
  `it installs, starts by its name, and leaves nothing behind${needsStandIn}${needsRoot}`,
  () => {
    // What it depends on is a desktop's; the stand-in needs none of it.
    const dpkg = (...args: string[]) => output('dpkg', '--force-depends', ...args)
    const state = mkdtempSync(join(tmpdir(), 'carryscope-before-'))
    const marker = join(state, 'marker')
    writeFileSync(marker, '')
    try {
      dpkg('--install', packed('deb'))
      expect(startPackaged('/usr/bin/carryscope').text).toMatch(/model sum-4digit/)
      dpkg('--purge', 'carryscope')
      const places = ['/opt', '/usr', '/etc', '/var/lib/dpkg']
      const left = output('find', ...places, '-iname', '*carryscope*', '-not', '-name', '*.list')
      expect(left).toBe('')
    } finally {
      spawnSync('dpkg', ['--purge', '--force-all', 'carryscope'])
      rmSync(state, { recursive: true, force: true })
    }
  },
  180_000,
)
