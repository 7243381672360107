import type { FixedFigure } from '../figure'

const heldOut =
  'held-out sums, 64 of each column pattern, after each checkpoint, in four groups: no column generates a carry; ' +
  'one does and none passes it on; one column passes it on; two or more do'
const common = { layerNorm: 'as the model runs' } as const

function figure(id: string, title: string, formula: string, unit: string, over: string, hook: string): FixedFigure {
  return { id, title, definition: { formula, unit, over, hook, ...common } }
}

/** The figures of a training. */
export const trainingFigures = {
  loss: figure('training-loss', 'Loss', 'mean loss of the answer’s digits', 'nats', heldOut, 'loss'),
  wrong: figure('training-wrong', 'Wrong sums', 'share of sums with any digit wrong', '%', heldOut, 'logits'),
  moved: figure(
    'training-transplants',
    'The carry finds its place',
    'share of pairs whose carry into the digit differs in which the transplant of the site alone moves it',
    '%',
    'pairs of the chosen sums, at each checkpoint',
    'hook_result',
  ),
  film: figure(
    'training-film',
    'Checkpoints',
    'the stream where the digit is predicted, in the plane of W_U’s first two left singular vectors, turned and mirrored to fit B’s',
    'in units of the stream’s own scale',
    'the first 500 of the chosen sums, by the right digit',
    'resid_post of the last layer',
  ),
  table: figure('training-comparison', 'A → B', 'measures of two models', '', 'the chosen sums', 'logits, W_U'),
} as const
