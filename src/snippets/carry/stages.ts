import type { BodyOf } from '../python/body'
import { runWithCache } from '../python/intervention-blocks'
import { lines, listed, quoted, resultOf } from '../python/python'
import { range, type SnippetInput } from '../python/snippet-input'

/** The residual stream before the first layer and after each. */
export function stageHooks({ config }: SnippetInput): string[] {
  return ['blocks.0.hook_resid_pre', ...range(config.n_layers).map((layer) => `blocks.${layer}.hook_resid_post`)]
}

/** `stages` [stage, example, digit, d_model]: the residual stream where each digit is predicted. */
function answerStages(input: SnippetInput): string {
  const hooks = stageHooks(input)
  const before = 'names = '
  return lines(
    runWithCache(input, hooks, '_'),
    `${before}${listed(hooks.map(quoted), { before })}`,
    `stages = torch.stack([cache[name][:, ${input.predicting}] for name in names])  # [stage, example, digit, d_model]`,
  )
}

export const logitLens: BodyOf = (input) => ({
  code: lines(
    answerStages(input),
    'logits = model.unembed(model.ln_final(stages.flatten(0, 1))).unflatten(0, stages.shape[:2])',
    '',
    resultOf({
      n: 'len(tokens)',
      accuracy: '(logits.argmax(-1) == answer).float().mean(1)',
      correctLogitMean: 'logits.gather(-1, answer.expand(len(stages), -1, -1)[..., None])[..., 0].mean(1)',
    }),
  ),
})

/** The points and their centroids; the shares of variance follow from them. */
export const residualCircle: BodyOf = (input) => {
  const { examples = 1000 } = input.params
  const weight = input.isFolded ? '' : 'model.ln_final.w[:, None] * '
  return {
    code: lines(
      answerStages(input),
      'centred = stages - stages.mean(-1, keepdim=True)',
      `scaled = centred / (centred.square().mean(-1, keepdim=True) + ${input.config.eps}).sqrt()`,
      `left = torch.linalg.svd(${weight}model.W_U[:, :10], full_matrices=False).U[:, :2]`,
      'largest = left.gather(0, left.abs().argmax(0, keepdim=True))',
      'points = (scaled @ (left * largest.sign())).transpose(1, 2)  # [stage, digit, example, component]',
      'members = torch.nn.functional.one_hot(answer, 10).float().permute(1, 2, 0)  # [digit, digit value, example]',
      'centroid = members @ points / members.sum(-1, keepdim=True)',
      '',
      resultOf({
        n: 'len(tokens)',
        points: `points[:, :, :${examples}]`,
        answer: `answer.T[:, :${examples}]`,
        carryIn: `carry_in.T[:, :${examples}].long()`,
        centroid: 'centroid',
      }),
    ),
  }
}
