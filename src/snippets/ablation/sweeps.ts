import { hasMlp } from '../../model/config'
import type { Site } from '../../model/intervention'
import { mlpSweep } from './mlp-sweep'
import type { Body, BodyOf } from '../python/body'
import { hooksOfLayers, type SnippetInput } from '../python/snippet-input'
import { runForLogits, sweptValue } from '../python/intervention-blocks'
import { indented, lines, resultOf } from '../python/python'

/** Where a sweep ablates: each turn of its loops, and the hooks that it ablates at once. */
interface Sweep {
  readonly sites: readonly Site[]
  /** Names and Python ranges of the loops, outermost first. */
  readonly loops: readonly (readonly [name: string, values: string, count: number])[]
  /** What the hook replaces of an activation. */
  readonly index: string
  /** The hooks of one ablation as a list, with `replace` at hand. */
  readonly hooks: string
  readonly keepsRight?: boolean
}

export const headAblation: BodyOf = (input) =>
  sweep(input, {
    sites: ['result'],
    loops: headLoops(input),
    index: ':, :, head',
    hooks: `[(${hookIn('result')}, replace)]`,
    keepsRight: true,
  })

export const qkvAblation: BodyOf = (input) =>
  sweep(input, {
    sites: ['q', 'k', 'v'],
    loops: [['site', '"qkv"', 3], ...headLoops(input)],
    index: ':, :, head',
    hooks: `[(${hookIn('{site}')}, replace)]`,
  })

export const positionAblation: BodyOf = (input) => {
  const { n_ctx } = input.config
  const reads = input.params.side === 'read'
  return sweep(input, {
    sites: reads ? ['q', 'k', 'v'] : ['result'],
    loops: [...headLoops(input), ['position', `range(${n_ctx})`, n_ctx]],
    index: ':, position, head',
    hooks: reads ? `[(${hookIn('{site}')}, replace) for site in "qkv"]` : `[(${hookIn('result')}, replace)]`,
  })
}

function headLoops({ config }: SnippetInput): Sweep['loops'] {
  return [
    ['layer', `range(${config.n_layers})`, config.n_layers],
    ['head', `range(${config.n_heads})`, config.n_heads],
  ]
}

/** What a head writes follows from its z, which TransformerLens 4 edits too. */
function hookIn(site: string): string {
  return `f"blocks.{layer}.attn.hook_${site === 'result' ? 'z' : site}"`
}

/** Runs clean and with each ablation alone; interventions stay in force throughout. */
function sweep(input: SnippetInput, { sites, loops, index, hooks, keepsRight = false }: Sweep): Body {
  const { config, interventions, params, predicting } = input
  const { mode = 'mean' } = params
  const ofMlps = keepsRight && hasMlp(config) ? hooksOfLayers('mlp_out', config.n_layers) : []
  const swept = { hooks: [...sites.flatMap((site) => hooksOfLayers(site, config.n_layers)), ...ofMlps], mode }
  const mlps = ofMlps.length > 0 ? mlpSweep(input, swept) : undefined
  const names = loops.map(([name]) => name).join(', ')
  const variables = index.includes('position') ? ['head', 'position'] : ['head']
  const shape = [...loops.map(([, , count]) => count), -1].join(', ')
  const isPerPosition = variables.includes('position')
  return {
    swept,
    code: lines(
      `def replace_head(activation, hook, ${variables.join(', ')}):`,
      `    activation[${index}] = ${sweptValue(swept, index)}`,
      '    return activation',
      '',
      runForLogits(input, 'clean_logits'),
      'clean = losses_of(clean_logits).mean(0)',
      'losses = []',
      keepsRight && 'right = []',
      `for ${names} in product(${loops.map(([, values]) => values).join(', ')}):`,
      indented(
        lines(
          `replace = partial(replace_head, ${variables.map((name) => `${name}=${name}`).join(', ')})`,
          `hooks = ${hooks}`,
          `logits = model.run_with_hooks(tokens, fwd_hooks=${interventions.length > 0 ? 'interventions + hooks' : 'hooks'})`,
          'losses.append(losses_of(logits).mean(0))',
          keepsRight && `right.append(logits[:, ${predicting}].argmax(-1) == answer)`,
        ),
      ),
      `difference = torch.stack(losses).reshape(${shape}) - clean  # [${names}, digit], in nats`,
      keepsRight && `right = torch.stack(right).float().reshape(${config.n_layers}, ${config.n_heads}, *answer.shape)`,
      mlps?.code,
      '',
      resultOf({
        n: 'len(tokens)',
        cleanLoss: 'clean.mean()',
        ...(keepsRight && {
          cleanAccuracy: `(clean_logits[:, ${predicting}].argmax(-1) == answer).all(1).float().mean()`,
        }),
        ...(isPerPosition
          ? { lossDiff: 'difference' }
          : { lossDiff: 'difference.mean(-1)', lossDiffPerDigit: 'difference' }),
        ...(keepsRight && {
          accuracy: 'right.prod(-1).mean(-1)',
          tokenAccuracy: 'right.mean((-2, -1))',
        }),
        ...mlps?.results,
      }),
    ),
  }
}
