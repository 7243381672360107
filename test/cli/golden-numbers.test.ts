import { describe, expect, test } from 'vitest'
import { analyzed, entriesOf, tensorOf } from '../support/cli'
import { largestDifference } from '../support/compare'
import { hasReference, needsReference, readReference } from '../support/reference-data'

/** Loss differences of the sites or heads, in the notebook's order, and per digit. */
interface Ablations {
  readonly head: number[][]
  readonly head_per_digit: number[][][]
  readonly qkv: number[][]
  readonly qkv_carries: number[][]
  readonly qkv_noncarries: number[][]
}

interface Accuracy {
  readonly set1000_seed42: Record<string, number> & { loss_per_digit: number[] }
  readonly set20000_seed7: Record<string, number> & {
    loss_per_digit: number[]
    digit_acc: number[]
    first_rows: string[]
    wrong: { sum: string; pred: string; nll: number[] }[]
  }
}

interface FixedSum {
  readonly sum: string
  readonly pred: number[]
  readonly prob_correct: number[]
  readonly target: number[]
  readonly logits_pos9_12: number[][]
  readonly pattern_L0: number[][][]
  readonly pattern_L1: number[][][]
  readonly dla_simple_pos9_12: number[][][]
  readonly dla_paths_corrected_pos9_12: number[][][]
}

function close(found: readonly number[], saved: readonly number[], tolerance = 1e-4) {
  expect(largestDifference(found, saved)).toBeLessThan(tolerance)
}

describe.skipIf(!hasReference)(`the checkpoint's numbers through the command line (${needsReference})`, () => {
  describe.each(['mean', 'zero'] as const)('ablations.json, %s', (mode) => {
    const saved = hasReference ? (readReference('ablations.json') as Record<typeof mode, Ablations>)[mode] : undefined

    test('heads, also per digit', async () => {
      const ablation = await analyzed('head-ablation', '--mode', mode)
      close(entriesOf(tensorOf(ablation, 'lossDiff')), saved!.head.flat())
      close(entriesOf(tensorOf(ablation, 'lossDiffPerDigit')), saved!.head_per_digit.flat(2))
    })

    test.each([
      ['all', 'qkv'],
      ['carries', 'qkv_carries'],
      ['non-carries', 'qkv_noncarries'],
    ] as const)('queries, keys and values over %s', async (subset, name) => {
      const ablation = await analyzed('qkv-ablation', '--mode', mode, '--subset', subset)
      close(entriesOf(tensorOf(ablation, 'lossDiff')), saved![name].flat())
    })
  })

  test('accuracy.json, 1000 sums of seed 42', async () => {
    const performance = await analyzed('performance')
    const saved = (readReference('accuracy.json') as Accuracy).set1000_seed42
    const names = ['loss', 'meanProb', 'medianProb', 'minProb', 'exactMatch', 'tokenAccuracy']
    const wanted = ['loss', 'mean_prob', 'median_prob', 'min_prob', 'exact_match', 'token_acc']
    close(
      names.map((name) => performance.result[name] as number),
      wanted.map((name) => saved[name]!),
    )
    close(entriesOf(tensorOf(performance, 'lossPerDigit')), saved.loss_per_digit)
  })

  test('accuracy.json, 20,000 sums of seed 7, and the four that are wrong', async () => {
    const saved = (readReference('accuracy.json') as Accuracy).set20000_seed7
    const options = ['--sums', '20000', '--seed', '7']
    const performance = await analyzed('performance', ...options)
    const { result } = performance
    expect(result['exactMatch']).toBeCloseTo(saved['exact_match']!, 9)
    expect(result['tokenAccuracy']).toBeCloseTo(saved['token_acc']!, 9)
    close([result['loss'] as number, result['minProb'] as number], [saved['loss']!, saved['min_prob']!])
    close(entriesOf(tensorOf(performance, 'lossPerDigit')), saved.loss_per_digit)
    const { result: drawn } = await analyzed('dataset', ...options)
    expect((drawn['text'] as string[]).slice(0, 5)).toEqual(saved.first_rows)
    for (const { sum, pred } of saved.wrong) {
      const answer = await analyzed('predictions', '--sum', sum.split('=')[0]!)
      expect(entriesOf(tensorOf(answer, 'predicted')).join('')).toBe(pred)
    }
  })

  const sums = hasReference ? (readReference('fixed-sums.json') as { sums: FixedSum[] }).sums : []
  test.each(sums)('fixed-sums.json, $sum', async (saved) => {
    const option = ['--sum', saved.sum.split('=')[0]!]
    const answer = await analyzed('predictions', ...option)
    close(entriesOf(tensorOf(answer, 'logits')), saved.logits_pos9_12.flat(), 3e-4)
    expect(entriesOf(tensorOf(answer, 'predicted'))).toEqual(saved.pred)
    const probs = saved.target.map((vocab, digit) => entriesOf(tensorOf(answer, 'probs'), { digit, vocab })[0]!)
    close(probs, saved.prob_correct)

    const pattern = entriesOf(tensorOf(await analyzed('attention', ...option), 'pattern'))
    close(
      pattern.map((weight) => (Number.isNaN(weight) ? 0 : weight)),
      [saved.pattern_L0, saved.pattern_L1].flat(3),
    )

    const paths = tensorOf(await analyzed('path-dla', ...option), 'attribution')
    const simple = tensorOf(await analyzed('dla', ...option), 'attribution')
    for (const [found, wanted] of [
      [simple, saved.dla_simple_pos9_12],
      [paths, saved.dla_paths_corrected_pos9_12],
    ] as const) {
      const component = wanted.map((_, index) => index)
      const digitLogits = wanted.map((perDigit) => perDigit.map((logits) => logits.slice(0, 10)))
      close(entriesOf(found, { component }), digitLogits.flat(2), 3e-4)
    }
  })
})
