// `npm test`: types, lint, unit and picture tests, the build, the end-to-end tests; then one line of totals.
// `--refuse-skips` also fails on a skipped test, unless its name says that it needs a GPU or a Python peer.
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrap, main } from './bootstrap.mjs'
import { playwrightTotals, vitestTotals } from './totals.mjs'
import { root, tool } from './tool.mjs'
import { run } from './run.mjs'

const needsHardware = /\bGPU\b|\bPython\b/

await main(async () => {
  await bootstrap()
  const vitestReport = join(root, '.carryscope/vitest.json')
  const playwrightReport = join(root, '.carryscope/playwright.json')
  for (const report of [vitestReport, playwrightReport]) rmSync(report, { force: true })
  // Linting takes as long as the two stages after it together, and a core of its own.
  const lint = aside('Lint', (stdio) => tool('eslint', ['.', '--max-warnings', '0'], { stdio }))
  const codes = {
    Types: await stage('Types', () => run(process.execPath, [join(root, 'scripts/typecheck.mjs')], { cwd: root })),
    Format: await stage('Format', () => tool('prettier', ['--check', '--log-level', 'warn', '.'])),
    Lint: await lint,
    'Unit tests': await stage('Unit tests', () =>
      tool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]),
    ),
    'End-to-end tests': await stage('End-to-end tests', () =>
      tool('@playwright/test', ['test', '--reporter=list,json'], {
        command: 'playwright',
        env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
      }),
    ),
  }
  return conclude(codes, [vitestTotals(vitestReport), playwrightTotals(playwrightReport)])
})

async function stage(name, work) {
  console.log(`\n— ${name}`)
  const started = performance.now()
  const code = await work()
  console.log(outcome(name, code, started))
  return code
}

/** A stage that runs beside others; what it prints is kept until it has ended. */
async function aside(name, work) {
  const path = join(root, '.carryscope', `${name}.txt`)
  const output = openSync(path, 'w')
  const started = performance.now()
  const code = await work(['ignore', output, output])
  closeSync(output)
  console.log(`\n— ${name}\n${readFileSync(path, 'utf8').trim()}`)
  console.log(outcome(name, code, started))
  return code
}

function outcome(name, code, started) {
  const verdict = code === 0 ? 'passed' : `failed with code ${code}`
  return `  ${name}: ${verdict}, ${((performance.now() - started) / 1000).toFixed(0)} s`
}

function conclude(codes, totals) {
  const add = (key) => totals.reduce((sum, one) => sum + one[key], 0)
  const skipped = totals.flatMap((one) => one.skipped)
  const refused = process.argv.includes('--refuse-skips') ? skipped.filter((name) => !needsHardware.test(name)) : []
  console.log('')
  for (const name of skipped) console.log(`skipped: ${name}`)
  if (refused.length > 0) console.log('A test was skipped that should have run here: install what its name asks for.')
  const broken = Object.keys(codes).filter((name) => codes[name] !== 0)
  if (broken.length > 0) console.log(`Not passed: ${broken.join(', ')}.`)
  console.log(`${add('passed')} passed, ${add('failed')} failed, ${skipped.length} skipped`)
  return broken.length > 0 || refused.length > 0 ? 1 : 0
}
