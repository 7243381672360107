import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import asar from '@electron/asar'
import { beforeAll, expect, test } from 'vitest'
import { importsOfScript } from '../architecture/imports'
import { root } from '../support/installed'
import { builderConfig, canPack, filesBelow, fits, needsLinux, packed } from '../support/package'

let resources = ''
let archived: string[] = []
beforeAll(() => {
  if (!canPack) return
  resources = join(packed('folder'), 'resources')
  archived = asar.listPackage(join(resources, 'app.asar'), { isPack: false })
}, 180_000)

test.skipIf(!canPack)(
  `the package holds the app, the models, the decks, the notices and nothing else${needsLinux}`,
  () => {
    const files = filesBelow(resources)
    const above = files.filter((path) => !path.startsWith('app.asar.unpacked/') && !path.startsWith('models/'))
    expect(above).toEqual([
      'THIRD-PARTY-NOTICES.md',
      'app.asar',
      'decks/how-the-carry-moves.deck.json',
      'decks/the-notebook-in-ten-minutes.deck.json',
      'licenses/onnxruntime/LICENSE.txt',
      'licenses/onnxruntime/ThirdPartyNotices.txt',
    ])
    expect(files.filter((path) => path.startsWith('models/'))).toEqual(
      filesBelow(join(root, 'models')).map((path) => `models/${path}`),
    )
    const bytes = files.reduce((sum, path) => sum + statSync(join(resources, path)).size, 0)
    expect(bytes).toBeLessThan(60_000_000)
  },
)

test.skipIf(!canPack)(`of onnxruntime it holds the binaries of its own platform${needsLinux}`, () => {
  const native = filesBelow(resources).filter((path) => /\.(node|dll|dylib|so[.\d]*)$/.test(path))
  expect(
    native.map((path) => path.replace('app.asar.unpacked/node_modules/onnxruntime-node/bin/napi-v6/', '')),
  ).toEqual(['linux/x64/libonnxruntime.so.1', 'linux/x64/onnxruntime_binding.node'])
})

test.skipIf(!canPack)(`code that Electron loads is in the archive, where it is checked${needsLinux}`, () => {
  const unpacked = filesBelow(join(resources, 'app.asar.unpacked'))
  expect(unpacked.filter((path) => /^node_modules\/onnxruntime-(node\/dist|common)\//.test(path))).toEqual([])
  expect(archived).toContain('/node_modules/onnxruntime-node/dist/index.js')
  expect(archived).toContain('/node_modules/onnxruntime-common/dist/cjs/index.js')
  expect(archived.filter((path) => /\.(ts|map|test\.js)$|\/cli\.js$/.test(path))).toEqual([])
  const top = archived.map((path) => path.split('/')[1])
  expect([...new Set(top)].toSorted()).toEqual(['node_modules', 'out', 'package.json'])
})

test.skipIf(!canPack)(`its packages are those that onnxruntime-node depends on${needsLinux}`, () => {
  const inside = archived.flatMap((path) => /^\/node_modules\/((@[^/]+\/)?[^/]+)$/.exec(path)?.[1] ?? [])
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean }>
  }
  const wanted = Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path]) => path.replace('node_modules/', ''))
  expect(inside.toSorted()).toEqual(wanted.toSorted())
})

test.skipIf(!canPack)(`nothing that its programs load is missing${needsLinux}`, () => {
  const loaded = ['index', 'engine', 'trial', 'evaluator', 'job'].map((name) => `/out/main/${name}.js`)
  for (const script of loaded) {
    expect(archived).toContain(script)
    const source = asar.extractFile(join(resources, 'app.asar'), script.slice(1)).toString()
    const own = importsOfScript(source).flatMap(({ specifier }) => (specifier.startsWith('.') ? [specifier] : []))
    for (const path of own.map((one) => join(dirname(script), one))) if (!loaded.includes(path)) loaded.push(path)
  }
  expect(loaded.length).toBeGreaterThan(6)
})

const binaries = filesBelow(join(root, 'node_modules/onnxruntime-node/bin')).map(
  (path) => `node_modules/onnxruntime-node/bin/${path}`,
)

test.each([
  ['linux', 'arm64', ['linux/arm64/libonnxruntime.so.1', 'linux/arm64/onnxruntime_binding.node']],
  ['mac', 'arm64', ['darwin/arm64/libonnxruntime.1.dylib', 'darwin/arm64/onnxruntime_binding.node']],
  [
    'win',
    'x64',
    ['DirectML.dll', 'dxcompiler.dll', 'dxil.dll', 'onnxruntime.dll', 'onnxruntime_binding.node'].map(
      (name) => `win32/x64/${name}`,
    ),
  ],
] as const)('for %s on %s the patterns leave the binaries of that platform', (platform, arch, expected) => {
  const { files } = builderConfig()[platform] as { files: readonly string[] }
  const excluded = files.flatMap((pattern) =>
    pattern.startsWith('!') ? [pattern.slice(1).replace('${arch}', arch)] : [],
  )
  const left = binaries.filter((path) => !excluded.some((pattern) => fits(path, pattern)))
  expect(left.map((path) => path.replace('node_modules/onnxruntime-node/bin/napi-v6/', ''))).toEqual([...expected])
})

test('the one library that is kept for macOS is the one that its binding asks for', () => {
  const binding = readFileSync(
    join(root, 'node_modules/onnxruntime-node/bin/napi-v6/darwin/arm64/onnxruntime_binding.node'),
  )
  const asked = binding.toString('latin1').match(/@rpath\/libonnxruntime[^\0]*/g)
  expect([...new Set(asked)]).toEqual(['@rpath/libonnxruntime.1.dylib'])
})

test('an installer can be made without a question: homepage, author and maintainer are given', () => {
  const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    homepage: string
    author: { email: string }
  }
  expect(about.homepage).toMatch(/^https:/)
  expect(about.author.email).toMatch(/@example\.org$/)
  const { publish, linux, mac, win } = builderConfig() as Record<
    string,
    { target: unknown; maintainer?: string } | null
  >
  expect(publish).toBeNull()
  expect(linux?.maintainer).toContain('@')
  expect([linux?.target, mac?.target, win?.target]).toEqual([
    ['AppImage', 'deb'],
    [{ target: 'dmg', arch: ['arm64'] }],
    ['nsis'],
  ])
})
