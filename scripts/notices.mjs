// Writes THIRD-PARTY-NOTICES.md: the licences of everything that is bundled into the app, as the packages bring them.
// `--check` only says whether it is what would be written.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './tool.mjs'

/** What the bundles and the installers hold; packages that only build or test are not shipped. */
const shipped = [
  ...['echarts', 'zrender', 'tslib', 'svelte', 'zod', 'commander', 'ws', 'fflate', 'ml-matrix', 'pure-rand'],
  ...['fastest-levenshtein', '@fontsource-variable/inter', '@fontsource-variable/jetbrains-mono'],
  ...['onnxruntime-node', 'onnxruntime-common'],
]

const path = join(root, 'THIRD-PARTY-NOTICES.md')
const text = notices()
if (!process.argv.includes('--check')) writeFileSync(path, text)
else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
  console.error('THIRD-PARTY-NOTICES.md is not what the packages say: run node scripts/notices.mjs.')
  process.exitCode = 1
}

function notices() {
  const head =
    '# Third-party notices\n\nCarryscope ships the packages below, and Electron with Chromium, whose licences lie beside the\n' +
    'program as `LICENSE.electron.txt` and `LICENSES.chromium.html`. `node scripts/notices.mjs` writes this page.\n'
  return head + shipped.map(section).join('')
}

function section(name) {
  const folder = join(root, 'node_modules', name)
  const { version, license, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(licen[sc]e|notice|thirdpartynotices)/i.test(entry.name))
    .map(({ name: file }) => file)
  const texts = files.toSorted().map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
  const source = typeof repository === 'string' ? repository : repository?.url
  const told = `\n## ${name} ${version}\n\n${license}${source ? `, ${source.replace(/^git\+/, '')}` : ''}\n`
  return told + texts.map((one) => `\n\`\`\`text\n${one}\n\`\`\`\n`).join('')
}
