import { hooksOfLayers } from '../python/snippet-input'
import type { BodyOf } from '../python/body'
import { indented, lines, resultOf } from '../python/python'
import { donorArithmetic, pairedRuns } from './pairs'

export const transplantMap: BodyOf = (input) => {
  const { config, interventions, predicting } = input
  const { n_layers, n_heads, n_ctx } = config
  return {
    code: lines(
      pairedRuns(input, hooksOfLayers('result', n_layers)),
      donorArithmetic(),
      'differ = donor_carry != carry_in',
      '',
      'def take_from_donor(activation, hook, head, position):',
      '    activation[:, position, head] = donor_run[hook.name][:, position, head]',
      '    return activation',
      '',
      'moved_share, own_share = [], []',
      `for layer, head, position in product(range(${n_layers}), range(${n_heads}), range(${n_ctx})):`,
      indented(
        lines(
          'take = partial(take_from_donor, head=head, position=position)',
          'moving = [(f"blocks.{layer}.attn.hook_z", take)]',
          `logits = model.run_with_hooks(tokens, fwd_hooks=${interventions.length > 0 ? 'interventions + moving' : 'moving'})`,
          `observed = logits[:, ${predicting}].argmax(-1)`,
          'moved_share.append((differ & (observed == moved) & (observed != answer)).sum(0) / differ.sum(0))',
          'own_share.append((~differ & (observed == answer)).sum(0) / (~differ).sum(0))',
        ),
      ),
      `shape = (${n_layers}, ${n_heads}, ${n_ctx}, -1)  # [layer, head, position, digit]`,
      '',
      resultOf({
        moved: 'torch.stack(moved_share).reshape(shape)',
        own: 'torch.stack(own_share).reshape(shape)',
        n: 'torch.stack([differ.sum(0), (~differ).sum(0)])',
      }),
    ),
  }
}
