// `npm run soak`: what a hostile or an unlucky machine does, many times over, from one seed. Some minutes; ends in a table.
// `npm run soak -- --packaged` kills the engines of the packaged app, laid out as an installer lays it out; the other attacks are on the
// command line, which no package has.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootstrap, main } from './bootstrap.mjs'
import { root, tool } from './tool.mjs'

const flag = '--packaged'

await main(async () => {
  await bootstrap()
  const args = process.argv.slice(2).filter((arg) => arg !== flag)
  return process.argv.includes(flag) ? soakPackaged(args) : soak(args)
})

function soak(args, env = process.env) {
  return tool('vitest', ['run', '--config', 'vitest.soak.config.ts', ...args], { env })
}

async function soakPackaged(args) {
  const { layOut } = await import('../test/support/packaged-layout.mjs')
  const script = join(root, 'scripts/package-around-stub.mjs')
  const packed = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  if (packed.status !== 0) throw new Error(packed.stderr)
  const folder = mkdtempSync(join(tmpdir(), 'carryscope-soak-'))
  try {
    const app = layOut(join(packed.stdout.trim(), 'resources'), folder)
    const env = { ...process.env, CARRYSCOPE_ENGINE: join(app, 'out/main/engine.js') }
    return await soak(['-t', 'live and pool processes', ...args], env)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
