// Takes the tour of four models and writes what came of it: `node scripts/tour-tables.mjs [--published PATH] [--evaluations FOLDER]`.
//
// The tables of docs/tour.md and docs/tour-models.md, and src/tour/known-tours.json, which the window shows beside the open model.
// FOLDER holds what `evaluate --exhaustive --json` wrote of them, as sum-4digit.json and so on, for the claims about every sum.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { format, getFileInfo, resolveConfig } from 'prettier'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const { values: options } = parseArgs({
  options: { published: { type: 'string' }, evaluations: { type: 'string' } },
})
const published = options.published ?? join(root, '../shared/reference/sum_model.pt')
const checkpoint = (step) => join(root, `models/sum-4digit/checkpoints/step-${step}.safetensors`)
const models = [
  { short: 'bundled', name: 'the bundled model', path: join(root, 'models/sum-4digit') },
  { short: 'published', name: 'the published checkpoint', path: published },
  { short: 'step 1000', name: 'the bundled model after 1000 training steps', path: checkpoint('001000') },
  { short: 'untrained', name: 'the same before the first step', path: checkpoint('000000') },
]
const marks = { confirmed: '✓', refuted: '✕', unclear: '?', 'not asked': '—' }

const tours = models.map((model) => ({ ...model, claims: tourOf(model) }))
for (const { name, claims } of tours) console.log(`${name}: ${counted(claims)}`)
const wrongly = tours.at(-1).claims.filter(({ verdict }) => verdict === 'confirmed')
if (wrongly.length > 0) console.error(`Of the untrained model is confirmed: ${wrongly.map(({ id }) => id).join(', ')}.`)

await replace('docs/tour.md', overview())
await replace('docs/tour-models.md', tours.map(table).join('\n\n'))
await write('src/tour/known-tours.json', JSON.stringify(known()))
process.exitCode = wrongly.length > 0 ? 1 : 0

function tourOf({ path }) {
  const evaluation = join(options.evaluations ?? '', `${path.split('/').at(-1)}.json`)
  const every = options.evaluations !== undefined && existsSync(evaluation) ? ['--evaluation', evaluation] : []
  const run = spawnSync(
    process.execPath,
    [join(root, 'scripts/cli.mjs'), 'tour', '--model', path, ...every, '--json', '-'],
    {
      encoding: 'utf8',
      maxBuffer: 1e8,
    },
  )
  if (run.status !== 0) throw new Error(run.stderr)
  return JSON.parse(run.stdout).claims
}

/** What was measured, in words; a dash where nothing was. */
function numbers({ quantities = [] }) {
  return quantities.map(({ text }) => text).join(', ') || '—'
}

function overview() {
  const cell = (claim) => (claim.verdict === 'not asked' ? '—' : `${marks[claim.verdict]} ${numbers(claim)}`)
  const rows = tours[0].claims.map(({ id, statement }, index) =>
    row([`\`${id}\``, statement, ...tours.map(({ claims }) => cell(claims[index]))]),
  )
  const total = row(['', 'confirmed, refuted, unclear', ...tours.map(({ claims }) => counted(claims))])
  return [row(['id', 'claim', ...tours.map(({ short }) => short)]), row(new Array(6).fill('---')), ...rows, total].join(
    '\n',
  )
}

function table({ name, claims }) {
  const rows = claims.map((claim) =>
    row([
      `\`${claim.id}\``,
      `${marks[claim.verdict]} ${claim.verdict}`,
      numbers(claim),
      (claim.found ?? claim.reason).replaceAll('|', '\\|'),
    ]),
  )
  return [
    `## ${name[0].toUpperCase()}${name.slice(1)}`,
    '',
    row(['id', 'verdict', 'number', 'where and over what']),
    row(new Array(4).fill('---')),
    ...rows,
  ].join('\n')
}

function counted(claims) {
  return ['confirmed', 'refuted', 'unclear']
    .map((verdict) => claims.filter((claim) => claim.verdict === verdict).length)
    .join(', ')
}

function row(cells) {
  return `| ${cells.join(' | ')} |`
}

/** By the id of the claim: the values alone, from which verdicts follow. Not the published ones, which stand with the claims. */
function known() {
  return tours
    .filter(({ short }) => short !== 'published')
    .map(({ short, name, claims }) => ({
      short,
      name,
      values: Object.fromEntries(claims.map(({ id, quantities = [] }) => [id, quantities.map(({ value }) => value)])),
    }))
}

/** Puts new tables between the marks of a document. */
async function replace(file, tables) {
  const [begin, end] = ['<!-- tables: scripts/tour-tables.mjs -->', '<!-- end -->']
  const text = readFileSync(join(root, file), 'utf8')
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from)
    throw new Error(`${file} has no place for tables: put "${begin}" and "${end}" where they are to stand.`)
  await write(file, `${text.slice(0, from)}${begin}\n\n${tables}\n\n${text.slice(to)}`)
}

async function write(file, text) {
  const path = join(root, file)
  const { ignored } = await getFileInfo(path, { ignorePath: join(root, '.prettierignore') })
  writeFileSync(path, ignored ? text : await format(text, { ...(await resolveConfig(path)), filepath: path }))
}
