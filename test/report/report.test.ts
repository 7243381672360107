// @vitest-environment jsdom
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { analysisNamed } from '../../src/analyses/analysis-named'
import { figuresOf } from '../../src/charts/figure'
import { figures } from '../../src/charts/registry'
import { reportHtml } from '../../src/report/html'
import { reportFiles } from '../../src/report/report-files'
import { makeReport, type Report } from '../../src/report/report'
import { fullProcessing } from '../../src/model/processing'
import type { ModelInfo } from '../../src/contract/contract'
import { randomModel, smallConfig } from '../support/random-model'
import { runAnalysis } from '../support/run-analysis'

const config = smallConfig({ n_layers: 3, n_heads: 4, numDigits: 3, d_model: 16, d_head: 4 })
const model = randomModel(config)
const info: ModelInfo = {
  name: 'random <&> "model"',
  sha256: '0'.repeat(64),
  config,
  processing: fullProcessing,
  path: null,
  stored: { path: null, within: [], prefix: '', isNative: false, normalization_type: 'LN' },
  notices: [],
  reference: { size: 1000, seed: 42, sha256: '1'.repeat(64) },
}

/** Few sums instead of the report's: the oracle is slow. */
const ask = (id: string, params: object) => {
  const analysis = analysisNamed(id)
  return runAnalysis(analysis, model, {
    ...params,
    ...(analysis.about === 'dataset' && { dataset: { size: 6, seed: 1 } }),
  })
}

let report: Report
let page: Document
const progress: [done: number, total: number][] = []

beforeAll(async () => {
  // ECharts measures text where there is a canvas, and estimates it where there is none, as here.
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
  const work = { ask, progress: (...step: [number, number]) => progress.push(step), giveWay: async () => {} }
  report = await makeReport(figures, info, work)
  page = new DOMParser().parseFromString(reportHtml(report), 'text/html')
}, 60_000)

const errorIn = (svg: string) =>
  new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')?.textContent ?? null

describe('of a random model of 3 layers, 4 heads and 3 digits', () => {
  test('it has a section for every figure there is, each reached from the list of figures', () => {
    const ids = Array.from(page.querySelectorAll('main > section'), ({ id }) => id)
    const chapters = ['sum', 'dataset', 'weights'].flatMap((about) =>
      figuresOf(figures, info.config).filter((one) => one.about === about),
    )
    expect(ids).toEqual(chapters.map(({ id }) => id))
    expect(Array.from(page.querySelectorAll('nav li a'), (link) => link.getAttribute('href'))).toEqual(
      ids.map((id) => `#${id}`),
    )
  })

  test('every picture is whole, named, and has its numbers', () => {
    for (const { variants } of report.sections)
      for (const { pictures } of variants) {
        expect(pictures.length).toBeGreaterThan(0)
        for (const { svg, label, table } of pictures) {
          expect(label).not.toBe('')
          expect(table.rows.length).toBeGreaterThan(0)
          if (svg !== null) expect(errorIn(svg)).toBeNull()
          expect(svg ?? '').not.toMatch(/NaN|Infinity|undefined/)
        }
      }
    const drawn = report.sections.flatMap(({ variants }) => variants.flatMap(({ pictures }) => pictures))
    expect(page.querySelectorAll('figure')).toHaveLength(drawn.length)
  })

  test('what differs from the published notebook is shown both ways, side by side', () => {
    for (const { figure, variants } of report.sections) {
      const published = variants.filter(({ params }) => params.definition === 'notebook')
      expect(published.length * 2).toBe(figure.definition.published === undefined ? 0 : variants.length)
    }
  })

  test('it needs nothing from elsewhere and runs no script', () => {
    expect(page.querySelectorAll('link, img, iframe, object, script:not([type="application/json"])')).toHaveLength(0)
    const addresses = reportHtml(report).match(/(?:href|src|url)\s*[=(]\s*["']?[a-z]+:/g)
    expect(addresses).toBeNull()
  })

  test('its answers are the ones that were given, each once', { timeout: 60_000 }, async () => {
    const answers = JSON.parse(page.querySelector('#answers')!.textContent) as {
      analysis: string
      params: object
      result: Record<string, { data?: (number | null)[] }>
    }[]
    const keys = answers.map(({ analysis, params }) => JSON.stringify([analysis, params]))
    expect(new Set(keys).size).toBe(keys.length)
    for (const { analysis, params, result } of answers) {
      const given = await ask(analysis, params)
      expect(Object.keys(result)).toEqual(Object.keys(given))
      for (const [name, value] of Object.entries(given))
        if (typeof value === 'object' && value !== null && 'data' in value) {
          const data = Array.from(value.data)
          result[name]!.data!.forEach((entry, index) => {
            const wanted = data[index]!
            if (entry === null) expect(Number.isFinite(wanted)).toBe(false)
            else expect(Math.abs(entry - wanted)).toBeLessThanOrEqual(1e-5 * Math.abs(wanted))
          })
        }
    }
  })

  test('progress ends at the whole', () => {
    expect(progress.at(-1)![0]).toBe(progress.at(-1)![1])
    expect(progress.length).toBe(progress.at(-1)![1])
  })

  test('its files have paths of their own, that every file system takes', () => {
    const paths = reportFiles(report).map(({ path }) => path)
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length)
    for (const path of paths) expect(path).toMatch(/^[\w.+/-]+$/)
  })
})

test('a failing analysis fails the report', async () => {
  const work = { ask: () => Promise.reject(new Error('no answer')), progress: () => {}, giveWay: async () => {} }
  await expect(makeReport(figures, info, work)).rejects.toThrow('no answer')
})
