import { sweptValue, type Swept } from '../python/intervention-blocks'
import { indented, lines } from '../python/python'
import type { SnippetInput } from '../python/snippet-input'

/** Each layer's MLP ablated alone, after a sweep over the heads that has left `clean`; and what is found, by name. */
export function mlpSweep({ config, interventions, predicting }: SnippetInput, swept: Swept) {
  return {
    code: lines(
      '',
      'def replace_mlp(activation, hook):',
      `    activation[:] = ${sweptValue(swept, ':')}`,
      '    return activation',
      '',
      'mlp_losses, mlp_right = [], []',
      `for layer in range(${config.n_layers}):`,
      indented(
        lines(
          'hooks = [(f"blocks.{layer}.hook_mlp_out", replace_mlp)]',
          `logits = model.run_with_hooks(tokens, fwd_hooks=${interventions.length > 0 ? 'interventions + hooks' : 'hooks'})`,
          'mlp_losses.append(losses_of(logits).mean(0))',
          `mlp_right.append(logits[:, ${predicting}].argmax(-1) == answer)`,
        ),
      ),
      'mlp_difference = torch.stack(mlp_losses) - clean  # [layer, digit], in nats',
      'mlp_right = torch.stack(mlp_right).float()',
    ),
    results: {
      mlpLossDiff: 'mlp_difference.mean(-1)',
      mlpLossDiffPerDigit: 'mlp_difference',
      mlpAccuracy: 'mlp_right.prod(-1).mean(-1)',
      mlpTokenAccuracy: 'mlp_right.mean((-2, -1))',
    },
  }
}
