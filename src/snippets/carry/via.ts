import { parseHead } from '../../core/heads'
import { equalsPosition } from '../../core/positions'
import { hookOf } from '../../model/intervention'
import { lines, listed, quoted } from '../python/python'
import type { SnippetInput } from '../python/snippet-input'

/** What is taken from which run: a hook, and the part of it. */
interface Taken {
  readonly hook: string
  readonly run: 'corrupt' | 'clean'
  readonly index: string
}

/** `logits` where only some pieces of the last layer come from the run with the transplant, whose hooks are `moving`. */
export function viaCode(input: SnippetInput, via: string, moving: string): string {
  const { interventions, lastLayer } = input
  const taken = takenBy(input, via)
  const hooks = (['q', 'k', 'v', 'pattern', 'resid_pre'] as const).map((site) => hookOf(site, lastLayer))
  const list = listed(taken.map(({ hook }, index) => `(${quoted(hook)}, take_${index + 1})`))
  const run = (name: string, fwd: string) =>
    lines(
      `with model.hooks(fwd_hooks=${fwd}):`,
      `    _, ${name} = model.run_with_cache(tokens, names_filter=exchanged)`,
    )
  return lines(
    `exchanged = ${listed(hooks.map(quoted))}`,
    run('corrupt', moving),
    taken.some((one) => one.run === 'clean') && run('clean', interventions.length > 0 ? 'interventions' : '[]'),
    ...taken.map((one, index) =>
      lines(
        '',
        `def take_${index + 1}(activation, hook):`,
        `    activation[${one.index}] = ${one.run}[${quoted(one.hook)}][${one.index}]`,
        '    return activation',
      ),
    ),
    '',
    `isolated = ${interventions.length > 0 ? 'interventions + ' : ''}${list}`,
    'logits = model.run_with_hooks(tokens, fwd_hooks=isolated)',
  )
}

function takenBy({ config, lastLayer }: SnippetInput, via: string): Taken[] {
  const first = equalsPosition(config.layout)
  // A slice, because Python pairs up two lists of indices.
  const predicting = `${first}:${first + config.layout.answerDigits}`
  const [names = '', head] = via.split('@')
  const pieces = names.split('+')
  const all = Array.from({ length: config.n_heads }, (_, index) => index)
  const chosen = head === undefined ? all : [parseHead(head).head]
  const isDirect = pieces.includes('direct')
  const some = (site: 'q' | 'k' | 'v' | 'pattern', run: Taken['run'], heads: readonly number[]): Taken[] => {
    const list = `[${heads.join(', ')}]`
    const index = site === 'pattern' ? `:, ${list}, ${predicting}` : `:, ${site === 'q' ? predicting : ':'}, ${list}`
    return heads.length === 0 ? [] : [{ hook: hookOf(site, lastLayer), run, index }]
  }
  const read = (['q', 'k', 'v'] as const).flatMap((site) => {
    const heads = pieces.includes(site) ? chosen : []
    if (!isDirect) return some(site, 'corrupt', heads)
    // The stream brings every reading of the transplant along: those that are not wanted are put back.
    return some(
      site,
      'clean',
      all.filter((index) => !heads.includes(index)),
    )
  })
  const stream: Taken[] = isDirect ? [{ hook: hookOf('resid_pre', lastLayer), run: 'corrupt', index: ':' }] : []
  return [...stream, ...read, ...(pieces.includes('pattern') ? some('pattern', 'corrupt', chosen) : [])]
}
