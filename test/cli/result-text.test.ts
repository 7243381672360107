import { expect, test } from 'vitest'
import { numberText, resultText } from '../../src/cli/result-text'
import { tensor } from '../../src/core/tensor'

test('numbers are short: four decimals, an exponent for the very small and large, a dash for a missing one', () => {
  expect([0.00668237, 1.5, 3, -20.43106, 1.6e-4, 12345678.9, NaN].map(numberText)).toEqual([
    '0.0067',
    '1.5000',
    '3',
    '-20.4311',
    '1.60e-4',
    '1.23e+7',
    '–',
  ])
})

test('scalars come first, then a table for each tensor, its leading axes as captions', () => {
  const loss = tensor(['site', 'layer', 'head'], [2, 1, 2], Float64Array.of(1.5, NaN, -2, 0.25), {
    labels: { site: ['q', 'k'], layer: ['0'], head: ['0', '1'] },
    unit: 'nats',
  })
  const perDigit = tensor(['digit'], [2], Float64Array.of(1, 2), { labels: { digit: ['C0', 'C1'] } })
  const text = resultText({ loss, perDigit, note: 'mean of the subset', n: 1000, groups: ['a', 'b'] })
  expect(text).toBe(
    [
      '  note  mean of the subset',
      '  n     1000',
      '',
      'groups',
      '  a',
      '  b',
      '',
      'loss [site 2, layer 1, head 2], nats',
      ' site q',
      '          0  1',
      '  0  1.5000  –',
      ' site k',
      '      0       1',
      '  0  -2  0.2500',
      '',
      'perDigit [digit 2]',
      '    C0  C1',
      '     1   2',
      '',
    ].join('\n'),
  )
})

test('what is too large to read is only named', () => {
  const large = tensor(['example'], [1000], new Float32Array(1000))
  expect(resultText({ large })).toBe('large [example 1000]: 1000 entries; see --json\n')
  expect(resultText({ text: Array.from({ length: 8 }, (_, i) => `line ${i}`) })).toContain('… and 2 more; see --json')
})
