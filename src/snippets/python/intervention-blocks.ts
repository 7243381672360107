import { formatIntervention } from '../../model/intervention-text'
import { hookOf, type Intervention } from '../../model/intervention'
import type { Block } from './blocks'
import type { SnippetInput } from './snippet-input'
import { indented, lines, listed, quoted } from './python'
import { meansOverEverything } from './sum-blocks'

/** What a sweep replaces, one after the other. */
export interface Swept {
  readonly hooks: readonly string[]
  readonly mode: 'zero' | 'mean' | 'resample'
}

/** A clean run that replacements are taken from. */
interface Source {
  readonly name: string
  /** The sums that run, as Python. */
  readonly sums: string
  /** Whether it is their mean that is taken. */
  readonly isMean?: boolean
}

/** The replaced activations of a sweep, as Python: at `index` of the hook's activation. */
export function sweptValue({ mode }: Pick<Swept, 'mode'>, index: string): string {
  if (mode === 'zero') return '0'
  return `${mode === 'mean' ? 'means' : 'resampled_0'}[hook.name][${index}]`
}

/** The interventions as a list of hooks, and everything that they and the sweep take replacements from. */
export function interventionBlocks(input: SnippetInput, swept: Swept | undefined): Block[] {
  const { interventions, config, params } = input
  const sources = new Map<string, { readonly source: Source; readonly hooks: Set<string> }>()
  const need = (source: Source | null, hooks: readonly string[]) => {
    if (!source) return
    const known = sources.get(source.name) ?? { source, hooks: new Set() }
    sources.set(source.name, known)
    for (const hook of hooks) known.hooks.add(hook)
  }
  for (const one of interventions) need(sourceOf(one, input), [hookOf(one.site, one.layer)])
  if (swept) need(sourceOf({ mode: swept.mode }, input), swept.hooks)
  const functions = interventions.map((one, index) =>
    lines(
      `def replace_${index + 1}(${one.site}, hook):  # ${formatIntervention((params.interventions ?? [])[index]!, config)}`,
      // TransformerLens hands the stream on as it is: written in place, what was kept of the layer before would change too.
      one.site === 'resid_pre' && '    resid_pre = resid_pre.clone()',
      `    ${one.site}${indexOf(one)} = ${valueOf(one, input)}`,
      `    return ${one.site}`,
    ),
  )
  const list = interventions.map((one, index) => `(${quoted(hookOf(one.site, one.layer))}, replace_${index + 1})`)
  return [
    {
      defines: ['partners'],
      code: lines(
        'def partners(count, seed):',
        '    """For each sum another one to take activations from: a random cycle through all (Sattolo)."""',
        '    torch.manual_seed(seed)',
        '    order = list(range(count))',
        '    for last in range(count - 1, 0, -1):',
        '        other = torch.randint(last, ()).item()',
        '        order[last], order[other] = order[other], order[last]',
        '    return order',
      ),
    },
    ...[...sources.values()].map((needed) => ({ defines: [needed.source.name], code: sourceCode(needed) })),
    {
      defines: ['interventions'],
      code: lines(...functions.flatMap((code) => [code, '']), `interventions = ${listed(list)}`),
    },
  ]
}

function sourceCode({ source, hooks }: { readonly source: Source; readonly hooks: ReadonlySet<string> }): string {
  const run = `_, ${source.isMean ? 'clean' : source.name} = model.run_with_cache(${source.sums}, names_filter=`
  return lines(
    source.isMean && '# Means of the clean run, position by position',
    `${run}${listed([...hooks].map(quoted), { before: run, after: ')' })})`,
    source.isMean && 'means = {name: activation.mean(0, keepdim=True) for name, activation in clean.items()}',
  )
}

/** Null for `zero`, which takes nothing from anywhere. */
function sourceOf({ mode, donor, seed = 0 }: Partial<Intervention>, input: SnippetInput): Source | null {
  if (mode === 'zero') return null
  if (mode === 'mean') {
    const isReference = input.isOneSum || input.params.meanOver === 'reference'
    const sums = isReference ? 'reference' : meansOverEverything(input) ? 'everything' : 'tokens'
    return { name: 'means', sums, isMean: true }
  }
  if (donor) return { name: `donor_${donor.a}_${donor.b}`, sums: `to_tokens(${donor.a}, ${donor.b})` }
  return { name: `resampled_${seed}`, sums: `tokens[partners(len(tokens), seed=${seed})]` }
}

function valueOf(one: Intervention, input: SnippetInput): string {
  const source = sourceOf(one, input)
  return source ? `${source.name}[hook.name]${indexOf(one)}` : '0'
}

/** What of an activation an intervention replaces. */
function indexOf({ site, head, positions }: Intervention): string {
  const places = positions === 'all' ? ':' : `[${positions.join(', ')}]`
  if (site === 'resid_pre') return `[:, ${places}]`
  return site === 'pattern' ? `[:, ${head}, ${places}]` : `[:, ${places}, ${head}]`
}

/** Runs the model for its logits alone, under the interventions. */
export function runForLogits({ interventions }: SnippetInput, assigned = 'logits'): string {
  const run = interventions.length > 0 ? 'model.run_with_hooks(tokens, fwd_hooks=interventions)' : 'model(tokens)'
  return `${assigned} = ${run}`
}

/** Runs the model under the interventions and keeps these activations; `assigned` takes the logits, `_` where they are not needed. */
export function runWithCache(
  { interventions }: SnippetInput,
  hooks: readonly string[],
  assigned: 'logits' | '_',
): string {
  const before = `${assigned}, cache = model.run_with_cache(tokens, names_filter=`
  const run = `${before}${listed(hooks.map(quoted), { before: `    ${before}`, after: ')' })})`
  return interventions.length > 0 ? lines('with model.hooks(fwd_hooks=interventions):', indented(run)) : run
}
