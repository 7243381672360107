import type { ResultOf } from '../../analyses/registry'
import { defineFigure, type AnswerTo, type AnyFigure, type ShownFigure } from '../figure'
import { decimalText, percentText } from '../drawing/number-text'
import { bestCell, probeMapChart, probeMapOf, targetText, type ProbeCell } from './probe-map-chart'
import { probeChart } from './probe-chart'

/** What linear probes find in the stream. */
export const probeFigures: readonly AnyFigure[] = [
  defineFigure({
    id: 'probe-map',
    title: 'Probe map',
    analysis: 'probe-map',
    about: 'dataset',
    intervened: true,
    definition: {
      formula:
        'accuracy of a ridge probe, five folds, from chance (the commonest label) to 1; the best position is framed; what a probe ' +
        'finds need not be used',
      hook: 'blocks.*.hook_resid_pre, hook_resid_post',
      layerNorm: 'none: the stream as it is',
      unit: 'share of sums',
    },
    size: { width: 892, height: 280 },
    choices: [
      {
        kind: 'probe-targets',
        label: 'what is told',
        options: [{ name: 'carries, last digits' }, { name: 'classes, digits' }],
      },
    ],
    show: map,
  }),
  defineFigure({
    id: 'probe',
    title: 'One probe',
    analysis: 'probe',
    about: 'dataset',
    intervened: true,
    definition: {
      formula:
        'accuracy of a ridge probe, five folds, beside the commonest label and what ln_final and W_U read there; what a probe ' +
        'finds need not be used, and where the answer is an angle it finds less than W_U reads',
      hook: 'the hook that is named, by default the last hook_resid_post at =',
      layerNorm: 'none for the probe; ln_final for W_U',
      unit: 'share of sums',
    },
    size: { width: 520, height: 240 },
    show: one,
  }),
]

function map({ result, layout, chosen = {} }: AnswerTo<'probe-map'>): ShownFigure<ProbeCell> {
  const kinds = chosen['probe-targets'] === 'classes, digits' ? ['class', 'digit'] : ['carryIn', 'sum']
  const shown = probeMapOf(result, layout, (target) => kinds.includes(target.split(':')[0]!) && tells(result, target))
  const best = bestCell(shown.cells)
  return {
    label: 'How often linear probes tell facts about the sum from the stream, by stage, fact and position',
    finding: best
      ? `${sentenceCase(targetText(best.target))} is told best, ${best.stage} at ${best.position}: in ${percentText(best.accuracy)} % of ${result.n} sums, ${percentText(best.majority)} % by chance. That it can be read does not say that it is.`
      : 'All labels of these sums are equal: there is nothing to tell apart.',
    draw: (display) => probeMapChart(shown, display),
    table: {
      caption: 'Accuracy of linear probes',
      columns: ['stage', 'told', 'position', 'accuracy', 'chance'],
      rows: shown.cells.map(({ stage, target, position, accuracy, majority }) => {
        return [stage, targetText(target), position, accuracy, majority]
      }),
    },
    note: ({ hook, stage, position, target, accuracy, majority }) => ({
      subject: `${targetText(target)}, ${stage} at ${position}`,
      lines: [
        { label: 'right', value: `${percentText(accuracy)} %` },
        { label: 'by chance', value: `${percentText(majority)} %` },
        ...(isToken(target, position, layout.answerDigits)
          ? [{ label: 'token', value: 'the token there gives the answer' }]
          : []),
      ],
      hook,
    }),
    act: ({ hook, position, target }) => ({
      words: 'open this probe',
      chosen: { 'probe-hook': hook, 'probe-position': position, 'probe-target': target },
    }),
    rows: shown.targets.length,
  }
}

/** A target that all sums agree on is told by nothing. */
function tells({ accuracy }: ResultOf<'probe-map'>, target: string): boolean {
  const column = accuracy.labels.target!.indexOf(target)
  const targets = accuracy.shape[2]!
  return Array.from(accuracy.data).some((value, at) => at % targets === column && !Number.isNaN(value))
}

/** The last column's sum ends in the answer's last digit, and a digit stands in its own token. */
function isToken(target: string, position: string, answerDigits: number): boolean {
  const [kind, of] = target.split(':')
  if (kind === 'digit') return of === position
  return kind === 'sum' && position === `C${of}` && Number(of) === answerDigits - 1
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

interface ProbeMeasure {
  readonly name: string
  readonly value: number
}

function one({ result }: AnswerTo<'probe'>): ShownFigure<ProbeMeasure> {
  const { hook, position, target, accuracy, accuracySd, auc, majority, unembedAccuracy, n } = result
  const reads = Number.isNaN(unembedAccuracy)
    ? 'W_U reads no such fact there'
    : `ln_final and W_U read ${percentText(unembedAccuracy)} % there`
  return {
    label: `A linear probe for ${targetText(target)} on ${hook} at ${position}`,
    finding: `The probe is right in ${percentText(accuracy)} % of ${n} sums, ${percentText(majority)} % by chance; ${reads}.`,
    draw: (display) => probeChart(result, display),
    table: {
      caption: `Probe for ${target} on ${hook} at ${position}`,
      columns: ['measure', 'value'],
      rows: [
        ['accuracy', accuracy],
        ['its standard deviation over five folds', accuracySd],
        ['area under the curve', auc],
        ['share of the commonest label', majority],
        ['accuracy of ln_final and W_U', unembedAccuracy],
        ...Array.from(result.singularValues.data, (value, at): [string, number] => [`singular value ${at}`, value]),
      ],
    },
    note: ({ name, value }) => ({
      subject: name,
      lines: [{ label: targetText(target), value: decimalText(value, 3) }],
      hook,
    }),
    rows: 8,
  }
}
