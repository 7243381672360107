import type { ResultOf } from '../../analyses/registry'
import { digitLabels } from '../../core/positions'
import { indexOfLargest } from '../../core/softmax'
import { answerDigitsOf } from '../../core/tokens'
import { bothRuns } from '../both-runs'
import type { Answer, AnyFigure, ShownFigure } from '../figure'
import { figureNamed } from '../figure-named'
import { ofAttribution } from './attribution-definition'
import { clockChain } from './clock-chain'
import { clockDrawing, clockNote, clockTable, type ClockDatum } from './clock-face'
import { clockFit, type ClockFit } from './clock-fit'
import type { ClockInput, ClockRun } from './clock-input'
import { polarText } from './clock-texts'
import type { ReadoutPlane } from './readout-plane'

/**
 * What Explore's clock face is: the logit attribution, read in a plane. Its numbers follow from that analysis and W_U's
 * singular vectors, so that it is asked like the attribution and is no figure of its own in reports.
 */
export const clockFaceFigure: AnyFigure = {
  ...figureNamed('dla'),
  id: 'clock-face',
  title: 'Clock face',
  definition: {
    formula:
      '(attribution · V_k) / s_k for k = 1, 2: the logits that each part adds, in the plane of W_U’s two main singular ' +
      'directions, laid tail to head; command and code give the attribution, “analyze unembedding” the directions',
    hook: 'hook_embed, hook_pos_embed, blocks.*.attn.hook_result, b_O',
    over: 'one sum; nothing is averaged',
    layerNorm: ofAttribution.layerNorm,
    unit: 'residual stream over its scale',
  },
}

/** What is laid into the plane, and the outputs, which decide what is answered there. */
type Answered = Pick<ResultOf<'dla'>, 'attribution'> & Pick<ResultOf<'predictions'>, 'logits'>

/** The clock face of a model whose W_U reads answers in this plane. It remembers how that lay on the last picture, to stay put. */
export function clockFaceIn(plane: ReadoutPlane): AnyFigure {
  let fit: ClockFit | null = null
  return {
    ...clockFaceFigure,
    show(answer: Answer<Answered>): ShownFigure<ClockDatum> {
      const { result, params, part, layout } = answer
      const focus = digitLabels(result.attribution.shape[1]!).indexOf(part)
      const truth = answerDigitsOf(params.sum!, layout)[focus]!
      const runs = bothRuns(answer, (each) => runAt(focus, each, plane))
      const input: ClockInput = { ...runs, truth, plane }
      return {
        label: `Clock face, ${part}: the parts of the answer as arrows in the plane that W_U reads`,
        finding: `At ${part} all parts add up to ${polarText(runs.now, plane)}.`,
        draw: (display) => {
          fit = clockFit([runs.clean.chain, runs.now.chain], display, fit)
          return clockDrawing(input, fit, display)
        },
        get table() {
          return clockTable(input, focus)
        },
        note: clockNote,
      }
    },
  }
}

function runAt(focus: number, { attribution, logits }: Answered, plane: ReadoutPlane): ClockRun {
  const vocab = logits.shape[1]!
  return {
    chain: clockChain(attribution, focus, plane),
    answer: indexOfLargest(logits.data, focus * vocab, vocab),
  }
}
