import { beforeAll, describe, expect, test } from 'vitest'
import { figures } from '../../src/charts/registry'
import { createEngine } from '../../src/engine/handlers'
import { reportHtml } from '../../src/report/html'
import { makeReport } from '../../src/report/report'
import type { TensorJson } from '../../src/contract/tensor-json'
import { cli, type Envelope } from '../support/cli'
import { cellRows } from '../support/notebook-cells'
import { checkpointPath, hasReference, needsReference } from '../support/reference-data'

/** The report of the published model: every cell of its notebook that draws is in it, with the command line's numbers. */
describe.skipIf(!hasReference)(`the report of the published model (${needsReference})`, () => {
  let html = ''
  let sections: readonly string[] = []
  let answers: readonly Envelope[] = []

  beforeAll(async () => {
    const engine = createEngine()
    const context = { signal: new AbortController().signal, progress: () => undefined }
    const info = await engine.openModel({ source: { path: checkpointPath } }, context)
    const report = await makeReport(figures, info, {
      ask: (id, params) => engine.analyze({ id, params }, context),
      progress: () => undefined,
      giveWay: async () => {},
    })
    html = reportHtml(report)
    sections = html.split('<section ').slice(1)
    const [, json] = /<script type="application\/json" id="answers">([^]*?)<\/script>/.exec(html)!
    answers = JSON.parse(json!) as Envelope[]
  }, 300_000)

  test('each cell that draws has a section with its figures', () => {
    const drawing = cellRows.filter(({ draws }) => draws > 0).flatMap(({ cells }) => cells)
    const isOf = (section: string, cell: number) =>
      new RegExp(`<dt>Notebook</dt><dd>cell (\\d+, )*${cell}\\b`).test(section) && section.includes('<svg ')
    expect(drawing.filter((cell) => !sections.some((section) => isOf(section, cell)))).toEqual([])
  })

  test('what the notebook has otherwise is shown as published too', () => {
    for (const { cells, differs } of cellRows.filter((row) => row.differs.includes('--definition notebook'))) {
      const own = sections.filter((section) => cells.some((cell) => section.includes(`cell ${cell}</dd>`)))
      expect(
        own.some((section) => section.includes('--definition notebook')),
        differs,
      ).toBe(true)
    }
  })

  test('its numbers are those of the command under each figure, to six digits', { timeout: 300_000 }, async () => {
    const commands = new Set(Array.from(html.matchAll(/<p class="command"><code>(.*?)<\/code>/g), ([, text]) => text!))
    const wanted: Envelope[] = []
    for (const command of commands) {
      const args = command.replace('npm run -s cli -- ', '').replaceAll("'", '').split(' ')
      const { out, err } = await cli(...args, '--model', checkpointPath, '--json', '-')
      expect(err).toBe('')
      wanted.push(JSON.parse(out) as Envelope)
    }
    const keyOf = ({ analysis, params }: Envelope) => JSON.stringify([analysis, sorted(params)])
    expect(answers.map(keyOf).toSorted()).toEqual(wanted.map(keyOf).toSorted())
    for (const { result, ...answer } of answers) {
      const told = wanted.find((one) => keyOf(one) === keyOf({ ...answer, result }))!
      expect(answer.model).toEqual(told.model)
      expect(Object.keys(result)).toEqual(Object.keys(told.result))
      for (const [name, value] of Object.entries(told.result))
        expectSame(result[name], value, `${answer.analysis}.${name}`)
    }
  })

  test('it is under 9 MB, in one file that asks for nothing', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(9_000_000)
    expect(html).not.toMatch(/<(?:link|img|iframe|object)\b|<script(?! type="application\/json")|@import|url\((?!#)/)
    expect(html.match(/\b(?:src|href)="(?!#)/g)).toBeNull()
  })
})

/** Numbers to the digits that a report keeps; sweeps that were shared otherwise may differ in float32's last digits. */
function expectSame(found: unknown, wanted: unknown, name: string): void {
  if (typeof wanted !== 'object' || wanted === null || !('data' in wanted)) {
    if (typeof wanted === 'number') expect(found, name).toBeCloseTo(wanted, 6)
    else expect(found, name).toEqual(wanted)
    return
  }
  const { data, ...rest } = wanted as TensorJson
  const { data: own, ...ownRest } = found as TensorJson
  expect(ownRest, name).toEqual(rest)
  const largest = data.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0)
  const wrong = data.findIndex((value, index) => {
    const other = own[index]
    if (value === null || other === null || other === undefined) return value !== other
    return Math.abs(value - other) > 6e-6 * Math.abs(value) + 1e-7 * largest
  })
  expect(wrong < 0 ? null : [name, wrong, own[wrong], data[wrong]]).toBeNull()
}

function sorted(params: Envelope['params']): unknown {
  return Object.entries(params).toSorted(([one], [other]) => (one < other ? -1 : 1))
}
