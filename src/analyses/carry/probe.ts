import { BadInput } from '../../core/bad-input'
import { parsePosition } from '../../core/head-site'
import { stackProduct } from '../../core/matrix-stack'
import { answerPosition, equalsPosition, positionLabels } from '../../core/positions'
import { singularValues } from '../../core/singular-values'
import { indexOfLargest } from '../../core/softmax'
import { axis, numberedAxis, tensorOver } from '../../core/axis'
import { hookNamed } from '../../model/hooks'
import { z } from 'zod'
import { defineAnalysis } from '../analysis'
import { ofRunSums } from '../parameters'
import { FoldedProbe } from '../parts/folded-probe'
import { LabelColumns, majorityOf } from '../parts/label-columns'
import { copyRows, widthAt } from '../parts/position-rows'
import { factsOf, parseProbeTarget, type ProbeTarget } from '../parts/probe-target'
import { StreamReader } from '../parts/stream-reader'
import { chosenSums } from '../running/chosen-sums'
import { costlyPartials, runIntervenedBatches } from '../running/intervened-batches'

/** `hook`: what is read; `position`: where, by its token, `B3`; `target`: `carryIn:C1`, `class:2`, `sum:3` or `digit:A2`. */
const probeParameters = {
  ...ofRunSums,
  hook: z.string().max(100).exactOptional(),
  position: z.string().max(10).exactOptional(),
  target: z.string().max(20).exactOptional(),
}

/**
 * What a linear reading finds in an activation. That it finds something does not mean that the model uses it; and where the answer
 * stands on a circle, it finds less than W_U reads.
 */
export const probe = defineAnalysis({
  id: 'probe',
  question: 'Can a linear probe read a fact about the sum off an activation?',
  definition:
    "Ridge regression of one-hot labels on the hook at a position, both centred, penalty 1e-3 of the mean diagonal of X'X; five " +
    'folds by index mod 5. accuracy: mean over the folds; auc: of each label’s score, averaged; majority: share of the commonest ' +
    'label. unembedAccuracy: of ln_final and W_U on the same activation, where it is a residual stream and the label an answer digit.',
  about: 'dataset',
  parameters: probeParameters,
  async run(context, params) {
    const { model } = context
    const { config } = model
    const { layout, n_layers, d_model } = config
    const {
      hook = `blocks.${n_layers - 1}.hook_resid_post`,
      position: text = String(equalsPosition(layout)),
      target: wanted = 'digit:C0',
    } = params
    const position = parsePosition(text, layout)
    const target = parseProbeTarget(wanted, layout)
    const width = widthAt(config, hook)
    const { narrowed } = hookNamed(config, hook)
    const sums = chosenSums(params, layout, context.schedule)
    const labels = Uint8Array.from(factsOf(sums, layout), target.labelOf)
    if (labels.every((label) => label === labels[0]))
      throw new BadInput(
        `Every one of these sums has ${target.name} ${target.labels[labels[0]!]}: there is nothing to tell apart; choose other sums or another target.`,
      )
    const rows = new Float32Array(sums.length * width)
    const reads = target.answerDigit !== undefined && width === d_model
    const reader = reads ? new StreamReader(model) : null
    let known = 0
    return runIntervenedBatches(
      context,
      params,
      { outputs: [hook], positions: [narrowed ? position : answerPosition(0, layout)], partialsAt: costlyPartials },
      (run, { begin, end }) => {
        copyRows(run.get(hook)!, narrowed ? 0 : position, rows, begin)
        known = end
      },
      async () => ({
        hook,
        position: positionLabels(layout)[position]!,
        target: target.name,
        ...(await probed(rows.subarray(0, known * width), labels.subarray(0, known), target, reader)),
      }),
    )
  },
})

/** What a probe of these rows [example, d] finds. */
async function probed(rows: Float32Array, labels: Uint8Array, target: ProbeTarget, reader: StreamReader | null) {
  const [width, classes] = [rows.length / labels.length, target.labels.length]
  // In double precision: the weights of few sums depend on the last digits of X'X, and one position takes no time.
  const folded = await FoldedProbe.of(rows, new LabelColumns([{ labels, classes }]), stackProduct)
  const weights = await folded.weights()
  const [scores] = await folded.score()
  const { values } = singularValues(weights)
  return {
    n: labels.length,
    ...scores!,
    majority: majorityOf(labels, classes),
    unembedAccuracy: reader ? unembedAccuracy(reader, rows, labels) : NaN,
    weights: tensorOver([axis('entry', width), axis('label', target.labels)], weights.data),
    singularValues: tensorOver([numberedAxis('component', values.length)], values),
  }
}

function unembedAccuracy(reader: StreamReader, rows: Float32Array, labels: Uint8Array): number {
  const width = rows.length / labels.length
  const right = labels.filter((label, example) => indexOfLargest(reader.logits(rows, example * width)) === label)
  return right.length / labels.length
}
