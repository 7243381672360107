import { formatIntervention } from '../../model/intervention-text'
import { hookOf, isHeadSite, type Intervention } from '../../model/intervention'
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
  for (const one of interventions) need(sourceOf(one, input), [editedHook(one)])
  if (swept) need(sourceOf({ mode: swept.mode }, input), swept.hooks.map(beforeWriting))
  const functions = interventions.map((one, index) =>
    lines(
      `def replace_${index + 1}(${one.site}, hook):  # ${formatIntervention((params.interventions ?? [])[index]!, config)}`,
      // TransformerLens hands the stream on as it is: written in place, what was kept of the layer before would change too.
      one.site === 'resid_pre' && '    resid_pre = resid_pre.clone()',
      `    ${one.site}${indexOf(one)} = ${valueOf(one, input)}`,
      `    return ${one.site}`,
    ),
  )
  const list = interventions.map((one, index) => ({ one, code: `(${quoted(editedHook(one))}, replace_${index + 1})` }))
  // What a head writes is replaced after its z, although both are replaced there.
  const acting = list.toSorted((x, y) => Number(x.one.site === 'result') - Number(y.one.site === 'result'))
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
    {
      defines: ['with_results'],
      code: lines(
        'def with_results(cache):',
        '    """The activations with what each head writes, [example, position, head, d_model], as well: its z times W_O."""',
        '    activations = dict(cache.items())',
        `    for layer in range(${config.n_layers}):`,
        '        z = cache.cache_dict.get(f"blocks.{layer}.attn.hook_z")',
        '        if z is not None:',
        '            written = torch.einsum("bphd,hdm->bphm", z, model.W_O[layer])',
        '            activations[f"blocks.{layer}.attn.hook_result"] = written',
        '    return activations',
      ),
    },
    ...[...sources.values()].map((needed) => ({ defines: [needed.source.name], code: sourceCode(needed) })),
    {
      defines: ['interventions'],
      code: lines(
        ...functions.flatMap((code) => [code, '']),
        `interventions = ${listed(acting.map(({ code }) => code))}`,
      ),
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
  return source ? `${source.name}[${quoted(editedHook(one))}]${indexOf(one)}` : '0'
}

/**
 * TransformerLens 4 does not edit what each head writes. That is its z times W_O, so z is replaced in its stead, with the z of
 * the same source: what is written is the same.
 */
export function beforeWriting(hook: string): string {
  return hook.replace(/hook_result$/, 'hook_z')
}

function editedHook({ site, layer }: Intervention): string {
  return beforeWriting(hookOf(site, layer))
}

/** What of an activation an intervention replaces. */
function indexOf({ site, head, neuron, positions }: Intervention): string {
  const places = positions === 'all' ? ':' : `[${positions.join(', ')}]`
  if (neuron !== undefined) return `[:, ${places}, ${neuron}]`
  if (!isHeadSite(site)) return `[:, ${places}]`
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
  const names = [...new Set(hooks.map(beforeWriting))].map(quoted)
  const run = `${before}${listed(names, { before: `    ${before}`, after: ')' })})`
  return lines(
    interventions.length > 0 ? lines('with model.hooks(fwd_hooks=interventions):', indented(run)) : run,
    hooks.some((hook) => beforeWriting(hook) !== hook) && 'cache = with_results(cache)',
  )
}
