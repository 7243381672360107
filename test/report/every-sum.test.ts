import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readReportedSums } from '../../src/cli/evaluation-option'
import type { ModelInfo } from '../../src/contract/contract'
import { publishedLayout } from '../../src/core/task-layout'
import { createEngine } from '../../src/engine/handlers'
import type { MeasuredEvaluation } from '../../src/model/exhaustive/evaluation'
import { makeReport } from '../../src/report/report'
import { reportFiles } from '../../src/report/report-files'
import { cli } from '../support/cli'
import { randomModelFolder } from '../support/model-folder'
import { unwatched } from '../../src/contract/unwatched'

const model = randomModelFolder({ numDigits: 2, n_layers: 1, n_heads: 1, d_model: 6, d_head: 3 })
const files = ['clean', 'ablated'].map((name) => join(model.path, `${name}.json`)) as [string, string]
let info: ModelInfo

beforeAll(async () => {
  const evaluate = ['evaluate', '--model', model.path, '--exhaustive', '--processes', '1']
  for (const args of [[], ['--ablate', 'H0.0:result:mean']])
    expect((await cli(...evaluate, ...args, '--json', files[args.length === 0 ? 0 : 1])).code).toBe(0)
  info = await createEngine().openModel({ source: { path: model.path } }, unwatched)
})
afterAll(() => {
  model.remove()
})

const evaluationOf = (file: string) => (JSON.parse(readFileSync(file, 'utf8')) as { result: MeasuredEvaluation }).result

test('a report shows every sum as it was evaluated, clean and under interventions, each told apart', async () => {
  const everySum = files.map((file) => readReportedSums(file, info))
  const work = { ask: () => Promise.reject(new Error('asked')), progress: () => {}, giveWay: async () => {} }
  const report = reportFiles(await makeReport([], info, work, { everySum }))
  const contentOf = (path: string) => report.find((file) => file.path === path)!.content
  expect(report.map(({ path }) => path)).toEqual([
    'report.html',
    'answers.json',
    'every-sum.json',
    'figures/every-sum-clean.svg',
    'figures/every-sum-under-H0.0-result-mean.svg',
    'figures/margin-histogram-clean.svg',
    'figures/margin-histogram-under-H0.0-result-mean.svg',
  ])
  expect(contentOf('figures/every-sum-under-H0.0-result-mean.svg')).toContain('under H0.0:result:mean;')
  const html = contentOf('report.html')
  const told = JSON.parse(contentOf('every-sum.json')) as { params: { ablate: string[] }; result: MeasuredEvaluation }[]
  for (const [index, file] of files.entries()) {
    const { wrong, patterns, weakest, byPrefix } = evaluationOf(file)
    expect(html).toContain(`${wrong.toLocaleString('en')} of 2500 sums wrong`)
    expect(told[index]!.result).toMatchObject({ n: 2500, wrong, patterns, weakest, byPrefix })
  }
  expect(told.map(({ params }) => params.ablate)).toEqual([[], ['H0.0:result:mean']])
  expect(html).toContain('Every sum there is')
  expect(html).toContain('<code>npm run -s cli -- evaluate --exhaustive --ablate H0.0:result:mean</code>')
  const patterns = /<section id="failure-patterns">[^]*?<\/section>/.exec(html)![0]
  for (const pattern of ['KK', 'KP', 'KG']) expect(patterns).toContain(`<td>${pattern}`)
})

test('without an evaluation nothing is said of every sum', async () => {
  const work = { ask: () => Promise.reject(new Error('asked')), progress: () => {}, giveWay: async () => {} }
  const report = reportFiles(await makeReport([], info, work))
  expect(report.map(({ path }) => path)).toEqual(['report.html', 'answers.json'])
  expect(report[0]!.content).not.toContain('Every sum')
})

test('an evaluation of another model or layout, and a file that is none, are refused in a sentence', () => {
  const [clean] = files
  expect(() => readReportedSums(clean, { ...info, sha256: 'other' })).toThrow('is the evaluation of another model')
  expect(() => readReportedSums(clean, { ...info, config: { ...info.config, layout: publishedLayout(3) } })).toThrow(
    'is an evaluation of sums that are written in another way: evaluate this layout, or give that one with --layout.',
  )
  const none = join(model.path, 'none.json')
  writeFileSync(none, readFileSync(clean, 'utf8').replace('"n":2500', '"n":2501'))
  expect(() => readReportedSums(none, info)).toThrow('holds no exhaustive evaluation: give what')
})
