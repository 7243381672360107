import { expect, test } from 'vitest'
import { figureNamed } from '../../src/charts/figure-named'
import { reportFiles } from '../../src/report/report-files'
import { questionsOf } from '../../src/report/questions'
import { fakeModel } from '../support/fake-engine'
import { fc } from '../support/arbitraries'

const model = fakeModel()
const sum = { a: 2968, b: 1606 }
const interventions = [{ site: 'result', layer: 0, head: 2, positions: 'all', mode: 'mean' }] as const

test('a report of a sum under interventions asks for that sum alone, and for them wherever a figure can show them', () => {
  const [one, ...others] = questionsOf(figureNamed('dla'), model.config, { sum, interventions })
  expect(one).toMatchObject({
    params: { sum, interventions },
    caption: expect.stringContaining('under H0.2:result:mean') as string,
  })
  expect(others.every(({ params }) => JSON.stringify(params.sum) === JSON.stringify(sum))).toBe(true)
  const [clean] = questionsOf(figureNamed('head-ablation'), model.config, { sum, interventions })
  expect(clean!.params).not.toHaveProperty('interventions')
  expect(clean!.caption).not.toContain('under')
})

test('a figure’s file says in its title which figure, sums, interventions and model it is of', () => {
  const figure = figureNamed('dla')
  const [question] = questionsOf(figure, model.config, { sum, interventions })
  const table = { caption: '', columns: [], rows: [] }
  fc.assert(
    fc.property(fc.string(), (part) => {
      const picture = {
        part,
        label: '',
        finding: '',
        closure: undefined,
        svg: '<svg width="1"><g/></svg>',
        dark: null,
        table,
      }
      const sections = [{ figure, variants: [{ ...question!, pictures: [picture] }] }]
      const report = { model, answers: [], sections, everySum: [], everySumSections: [] }
      const svg = reportFiles(report).find(({ path }) => path.endsWith('.svg'))!.content
      const title = /<title>(.*)<\/title>/s.exec(svg)![1]!
      for (const words of [figure.title, '2968+1606', 'H0.2:result:mean', 'fake (SHA-256 00000000…)'])
        expect(title).toContain(words)
      expect(title).not.toContain('<')
    }),
    { numRuns: 5 },
  )
})
