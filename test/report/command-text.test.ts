import { expect, test } from 'vitest'
import { analysisNamed } from '../../src/analyses/analysis-named'
import type { AnalysisParams } from '../../src/analyses/registry'
import { analysisParams } from '../../src/cli/analysis-params'
import { commandText } from '../../src/report/command-text'
import { spelledOut } from '../../src/contract/answer-json'
import { smallConfig } from '../support/random-model'

const config = smallConfig({ numDigits: 4 })
const reference = { size: 1000, seed: 42 }

const cases: readonly (readonly [string, AnalysisParams, string])[] = [
  ['dla', { sum: { a: 12, b: 345 } }, 'analyze dla --sum 0012+0345'],
  ['dla', { sum: { a: 12, b: 345 }, definition: 'notebook' }, 'analyze dla --sum 0012+0345 --definition notebook'],
  ['carry-attention', { dataset: reference, subset: 'all' }, 'analyze carry-attention'],
  [
    'carry-attention',
    {
      dataset: { size: 50, seed: 7 },
      subset: '*P*G',
      interventions: [{ site: 'q', layer: 0, head: 0, positions: [9, 10], mode: 'resample', seed: 3 }],
    },
    "analyze carry-attention --sums 50 --seed 7 --subset '*P*G' --ablate H0.0:q@=,C0:resample=3",
  ],
  ['head-ablation', { mode: 'zero', subset: 'carries' }, 'analyze head-ablation --subset carries --mode zero'],
]

test.each(cases)('%s %j is asked by its command', (id, params, command) => {
  expect(commandText(id, params, config)).toBe(`npm run -s cli -- ${command}`)
})

test('the command line reads a command as the parameters that are saved beside its answer', () => {
  for (const [id, params, command] of cases) {
    const analysis = analysisNamed(id)
    const [, , ...words] = command.replaceAll("'", '').split(' ')
    const options: Record<string, string | string[]> = {}
    for (let at = 0; at < words.length; at += 2) {
      const name = words[at]!.slice(2)
      options[name] = name === 'ablate' ? [words[at + 1]!] : words[at + 1]!
    }
    expect(spelledOut(params, analysis.about, reference)).toEqual(analysisParams(options, analysis, config))
  }
})

test('a path that a shell would take apart is quoted', () => {
  const named = (path: string) => commandText('weights', {}, config, path)
  expect(named('/models/a.pt')).toContain('--model /models/a.pt')
  expect(named("/my models/it's.pt")).toContain(String.raw`--model '/my models/it'\''s.pt'`)
})
