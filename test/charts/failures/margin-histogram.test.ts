import { expect, test } from 'vitest'
import { marginHistogramChart } from '../../../src/charts/failures/margin-histogram'
import { everySum } from '../../support/every-sum'

const display = { width: 330, height: 170, theme: 'light', palette: 'standard', stage: false } as const
/** As in `Margins`: the first is of margins from -10 on, each of a quarter of a logit. */
const bin = (margin: number) => 4 * (margin + 10)

/** The numbers of sums that are written beside the bars of a histogram with so many sums at some margins. */
function written(counts: Readonly<Record<number, number>>): readonly string[] {
  const marginHistogram = new Array<number>(200).fill(0)
  for (const [margin, count] of Object.entries(counts)) marginHistogram[bin(Number(margin))] = count
  const every = { ...everySum(25_000_000, { smallestMargin: 2.4 }), marginHistogram }
  const chart = marginHistogramChart({ every, scale: 'log', own: null, range: null }, display)
  const words = chart.option.graphic as readonly { readonly style: { readonly text?: string } }[]
  return words.flatMap(({ style: { text } }) => (text === undefined || text.startsWith('weakest') ? [] : [text]))
}

test('lines of round numbers of sums are written beside the bars, the lowest with what is counted', () => {
  expect(written({ 2.25: 40, 10: 20_000, 14: 5 })).toEqual(['1 sum', '100', '10,000'])
})

test('no number stands on a bar: the lowest that finds room says what is counted', () => {
  expect(written({ 0: 4, 10: 20_000, 15.75: 3 })).toEqual(['100 sums', '10,000'])
})
