import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../support/carryscope'
import { root } from '../support/installed'
import { typeSum } from '../support/sum-bar'

const watcher = join(root, 'test/support/watch-outward.cjs')
const before = process.env['NODE_OPTIONS']
let folder = ''
let log = ''

/** Every Node process that starts from here on is watched: the server and its engine. Electron takes no such options. */
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryscope-offline-'))
  log = join(folder, 'outward.txt')
  writeFileSync(log, '')
  process.env['OUTWARD_LOG'] = log
  process.env['NODE_OPTIONS'] = `${before ?? ''} --require "${watcher}"`
})
test.afterEach(() => {
  delete process.env['OUTWARD_LOG']
  if (before === undefined) delete process.env['NODE_OPTIONS']
  else process.env['NODE_OPTIONS'] = before
  rmSync(folder, { recursive: true, force: true })
})

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
  await expect(page.getByRole('region', { name: 'Carry classes' }).getByRole('row', { name: /→/ })).not.toHaveCount(0)
  const expected = app ? [app.process().pid] : [carryscope.enginePid()]
  await carryscope.close()

  expect(asked.length).toBeGreaterThan(0)
  const own = ['file:', 'data:', 'blob:']
  const outside = asked.map((url) => new URL(url)).filter(({ protocol, hostname }) => !own.includes(protocol) && hostname !== '127.0.0.1') // prettier-ignore
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
