import { sampledOrders } from '../../core/head-subsets'
import { sweptValue } from '../python/intervention-blocks'
import { indented, lines, resultOf } from '../python/python'
import { hooksOfLayers, type SnippetInput } from '../python/snippet-input'

type Swept = Parameters<typeof sweptValue>[0]

/** The loss with each of some subsets of the heads ablated, given as sums of 2^head. */
export function ablatingSome({ config, interventions }: SnippetInput, swept: Swept, subsets: string): string {
  const { n_layers, n_heads } = config
  return lines(
    'def replace_heads(activation, hook, heads):',
    `    activation[:, :, heads] = ${sweptValue(swept, ':, :, heads')}`,
    '    return activation',
    '',
    'losses = []',
    `for subset in ${subsets}:`,
    indented(
      lines(
        'ablated = [',
        `    [head for head in range(${n_heads}) if subset >> (layer * ${n_heads} + head) & 1]`,
        `    for layer in range(${n_layers})`,
        ']',
        'hooks = [',
        '    (f"blocks.{layer}.attn.hook_z", partial(replace_heads, heads=some))',
        '    for layer, some in enumerate(ablated) if some',
        ']',
        `logits = model.run_with_hooks(tokens, fwd_hooks=${interventions.length > 0 ? 'interventions + hooks' : 'hooks'})`,
        'losses.append(losses_of(logits).mean(0))',
      ),
    ),
  )
}

/** The same question of more heads than all subsets can be asked of: some subsets, and values from some orders. */
export function sampledInteraction(input: SnippetInput) {
  const { config, params } = input
  const { n_layers, n_heads } = config
  const { mode = 'mean' } = params
  const swept = { hooks: hooksOfLayers('result', n_layers), mode }
  const heads = n_layers * n_heads
  const shape = `reshape(${n_layers}, ${n_heads}`
  return {
    swept,
    code: lines(
      'torch.manual_seed(42)',
      'orders = []',
      `for _ in range(${sampledOrders}):`,
      indented(
        lines(
          `order = list(range(${heads}))`,
          `for last in range(${heads - 1}, 0, -1):`,
          '    chosen = int(torch.randint(last + 1, (1,)))',
          '    order[last], order[chosen] = order[chosen], order[last]',
          'orders.append(order)',
        ),
      ),
      'orders = torch.tensor(orders)',
      'passed = torch.tensor([[0] + (2 ** order).cumsum(0).tolist() for order in orders])',
      `single = [2 ** head for head in range(${heads})]`,
      'double = [one + other for at, one in enumerate(single) for other in single[at + 1 :]]',
      '# None, one, two and all, and what the orders pass through.',
      'subsets = list(dict.fromkeys([0] + single + double + passed[:, 1:].flatten().tolist() + [sum(single)]))',
      ablatingSome(input, swept, 'subsets'),
      'loss = torch.stack(losses).double()  # [subset, digit], in nats',
      'at = {subset: index for index, subset in enumerate(subsets)}',
      'added = torch.stack([loss[[at[int(subset)] for subset in path]].diff(dim=0) for path in passed])',
      'added = torch.stack([steps[order.argsort()] for steps, order in zip(added, orders)])  # [order, head, digit]',
      'error = lambda values: values.std(0) / len(orders) ** 0.5',
      'worth = loss.mean(1)',
      'nothing = torch.tensor(torch.nan).double()',
      'plain = lambda a, b: worth[at[a + b]] - worth[at[a]] - worth[at[b]] + worth[0]',
      `pairs = [nothing if a == b else plain(2 ** a, 2 ** b) for a, b in product(range(${heads}), repeat=2)]`,
      resultOf({
        n: 'len(tokens)',
        orders: 'len(orders)',
        loss: 'loss',
        shapley: `added.mean(0).${shape}, -1)`,
        shapleySe: `error(added).${shape}, -1)`,
        shapleyMean: `added.mean((0, 2)).${shape})`,
        shapleyMeanSe: `error(added.mean(2)).${shape})`,
        pair: `torch.full((${heads}, ${heads}), torch.nan)`,
        pairPlain: `torch.stack(pairs).reshape(${heads}, ${heads})`,
      }),
    ),
  }
}
