import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../support/carryscope'
import { root } from '../support/installed'
import { typeSum } from '../support/sum-bar'

const watcher = join(root, 'test/support/watch-outward.cjs')
const before = { ...process.env }
let folder = ''
let log = ''

/**
 * Every Node process that starts from here on is watched: the server and its engine. Electron takes no such options. All have
 * a home of their own, and do not see that they run under CI, where libraries behave.
 */
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryscope-offline-'))
  log = join(folder, 'outward.txt')
  writeFileSync(log, '')
  for (const name of ['home', 'tmp']) mkdirSync(join(folder, name))
  for (const name of Object.keys(before).filter((key) => /^(CI|GITHUB_|XDG_CACHE_HOME$|ORT_)/.test(key)))
    Reflect.deleteProperty(process.env, name)
  Object.assign(process.env, {
    OUTWARD_LOG: log,
    NODE_OPTIONS: `${before['NODE_OPTIONS'] ?? ''} --require "${watcher}"`,
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
  })
})
test.afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name)
  Object.assign(process.env, before)
  rmSync(folder, { recursive: true, force: true })
})

/** What onnxruntime's telemetry leaves; a browser has files of its own there. */
const telemetry = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /onnxruntime|deviceid|mat-debug|\.ses$/.test(path),
  )

const noted = () => readFileSync(log, 'utf8').split('\n').filter(Boolean)

test('nothing asks for anything outside this machine, in the page or in any process behind it', async ({ start }) => {
  const carryscope = await start()
  const { page, app } = carryscope
  await app?.evaluate(
    (_, [path, file]) => {
      process.env['OUTWARD_LOG'] = file
      process.getBuiltinModule('module').createRequire(path)(path)
    },
    [watcher, log] as const,
  )
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.reload()
  await typeSum(page, '2968', '1606')
  await page.getByRole('switch', { name: 'H0.2 Out' }).click()
  await expect(page.getByText(/✕ \d of 4 wrong/)).toBeVisible()
  for (const workspace of ['Weights', 'Dataset', 'Explore'])
    await page.getByRole('button', { name: workspace, exact: true }).click()
  await expect(
    page.getByRole('region', { name: 'Carry classes' }).getByRole('columnheader', { name: 'loss intervened' }),
  ).toHaveCount(1)
  const expected = app ? [app.process().pid] : [carryscope.enginePid()]
  await carryscope.close()

  expect(telemetry()).toEqual([])
  expect(asked.length).toBeGreaterThan(0)
  const own = ['file:', 'data:', 'blob:']
  const outside = asked
    .map((url) => new URL(url))
    .filter(({ protocol, hostname }) => !own.includes(protocol) && hostname !== '127.0.0.1')
  expect(outside.map(String)).toEqual([])

  const watched = noted().filter((line) => line.startsWith('process '))
  expect(watched).toEqual(expect.arrayContaining(expected.map((pid) => `process ${pid}`)))
  expect(noted().filter((line) => !watched.includes(line))).toEqual([])
})

test('a process that does reach out is noticed', () => {
  const run = (code: string) => spawnSync(process.execPath, ['-e', `${code}; setTimeout(process.exit, 100)`])
  run('require("node:http").get("http://192.0.2.1:9/").on("error", () => {})')
  run('require("node:dns").lookup("carryscope.invalid", () => {})')
  expect(noted()).toEqual(expect.arrayContaining(['connect 192.0.2.1:9', 'lookup carryscope.invalid']))
})
