import type { AnalysisParams } from '../analyses/registry'
import { layoutText } from '../core/layout-text'
import type { ModelInfo } from '../contract/contract'
import { publishedLayout, sameLayout, type TaskLayout } from '../core/task-layout'
import { formatSum } from '../core/sum-text'
import type { ModelConfig } from '../model/config'
import type { Intervention } from '../model/intervention'
import { formatIntervention } from '../model/intervention-text'

type Options = false | string | readonly string[]

type Told = Required<AnalysisParams>
type Writers = { readonly [Key in keyof Told]: (value: Told[Key], config: ModelConfig) => Options }

/** How each parameter is written as options; nothing where it only repeats a default. One without words does not compile. */
const written: Writers = {
  sum: (sum, { layout }) => `--sum ${formatSum(sum, layout)}`,
  dataset: ({ size, seed }) => (size !== 1000 || seed !== 42) && `--sums ${size} --seed ${seed}`,
  subset: (subset) => subset !== 'all' && `--subset ${inShell(subset)}`,
  meanOver: (set) => `--mean-over ${set}`,
  mode: (mode) => `--mode ${mode}`,
  side: (side) => `--side ${side}`,
  interventions: (all, config) => all.map((one) => `--ablate ${formatIntervention(one, config)}`),
  definition: (definition) => definition === 'notebook' && '--definition notebook',
  examples: (count) => `--examples ${count}`,
  tensors: (names) => names.map((name) => `--tensor ${name}`),
  at: (sites) => sites.map((site) => `--at ${inShell(site)}`),
  of: (activation) => `--of ${activation}`,
  moves: (variables) => variables.map((variable) => `--moves ${inShell(variable)}`),
  via: (pieces) => `--via ${inShell(pieces)}`,
  binary: (isBinary) => isBinary && '--binary',
  hook: (name) => `--hook ${inShell(name)}`,
  position: (token) => `--position ${inShell(token)}`,
  target: (fact) => `--target ${inShell(fact)}`,
}

/**
 * The command that gives an analysis's numbers: what differs from its defaults is spelled out. `path` is the model's file,
 * where it shall be named, `layout` how its sums are written, where its files say it otherwise; `overSteps` is of every checkpoint.
 */
export function commandText(
  analysis: string,
  params: AnalysisParams,
  config: ModelConfig,
  path: string | null = null,
  layout: TaskLayout | null = null,
  overSteps = false,
): string {
  const optionsOf = <Key extends keyof Told>(name: Key): Options => {
    const value = params[name] as Told[Key] | undefined
    return value !== undefined && written[name](value, config)
  }
  const options = (Object.keys(written) as (keyof AnalysisParams)[]).flatMap((name) => optionsOf(name) || [])
  const model = path === null ? [] : [`--model ${inShell(path)}`]
  const said = layout === null ? [] : [`--layout ${inShell(layoutText(layout))}`]
  const over = overSteps ? ['--checkpoints'] : []
  return ['npm run -s cli -- analyze', analysis, ...model, ...said, ...over, ...options].join(' ')
}

/** The command that evaluates every sum under interventions; of the model that `--model` names. */
export function exhaustiveCommandText(interventions: readonly Intervention[], model: ModelInfo): string {
  const layout = layoutToSay(model)
  return [
    'npm run -s cli -- evaluate --exhaustive',
    ...(layout === null ? [] : [`--layout ${inShell(layoutText(layout))}`]),
    ...interventions.map((one) => `--ablate ${formatIntervention(one, model.config)}`),
  ].join(' ')
}

/** The layout that a model is open in, where its files say another, or none and it is not the published one. */
export function layoutToSay({ config, fileLayout }: Pick<ModelInfo, 'config' | 'fileLayout'>): TaskLayout | null {
  const { layout } = config
  return sameLayout(layout, fileLayout ?? publishedLayout(layout.operandDigits)) ? null : layout
}

/** A word that a shell takes as it is, in quotes where it would not. */
function inShell(word: string): string {
  return /^[\w./:@+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
