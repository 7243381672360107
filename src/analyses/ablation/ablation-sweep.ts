import { tensorOver, type Axis } from '../../core/axis'
import { answerPositions } from '../../core/positions'
import type { TaskLayout } from '../../core/task-layout'
import { tokensOf } from '../../core/tokens'
import { hasMlp, type ModelConfig } from '../../model/config'
import { resolveEdits } from '../../model/edits'
import { hookOf, type Intervention } from '../../model/intervention'
import type { ActivationCache, RunOptions } from '../../model/model'
import { hooksToShare } from '../../model/shared-with-clean'
import { summed } from '../../model/summed-hook'
import { throughZ } from '../../model/through-z'
import type { AnalysisContext, AnalysisResult, Schedule } from '../analysis'
import { mode, ofRunSums, type Described } from '../parameters'
import { answerScores } from '../parts/answer-scores'
import { digitAxis } from '../parts/axes'
import { chosenSets } from '../running/chosen-sums'
import { ReplacementSources } from '../running/replacement-sources'
import { batchesOf } from '../running/run-batches'
import { ScoreTotals } from '../parts/score-totals'

/** What every sweep can be told. */
export const sweepParameters = { ...ofRunSums, mode }
export type SweepParams = Described<typeof sweepParameters>

/** Interventions that act together, all in one layer. */
export type Ablation = readonly [Intervention, ...Intervention[]]

/** Scores without any of the ablations, and with each of them alone. */
export interface SweepScores {
  readonly clean: ScoreTotals
  readonly ablated: readonly ScoreTotals[]
}

/**
 * Runs the chosen sums clean and under each ablation alone. All ablations share the clean run: what an ablation leaves unchanged is taken
 * from it, and only the positions that predict are computed to the end. Interventions among the parameters stay in force
 * throughout, so "clean" then means without the ablations, and what is shared is what enters the ablation's layer. `resultOf` makes
 * the partial results. Cuts that are not of the process's share are left out: their scores stay NaN.
 */
export async function ablationSweep(
  { model, progress, schedule = {} }: AnalysisContext,
  params: SweepParams,
  ablations: readonly Ablation[],
  resultOf: (scores: SweepScores) => AnalysisResult,
): Promise<SweepScores> {
  const { config } = model
  const { interventions = [] } = params
  const { sums, meanSums } = chosenSets(params, config.layout, schedule)
  const isPlain = interventions.length === 0
  // That other interventions are in force would make the order of the two matter.
  const quick = isPlain ? ablations.map((ablation) => ablation.map(throughZ)) : ablations
  const mine = ablationsOfShare(ablations, schedule)
  const positions = answerPositions(config.layout)
  const cleanRun = { outputs: isPlain ? everySweepsOutputs(config) : ['logits', ...hooksToShare(config)], positions }
  const sources = new ReplacementSources(
    model,
    { sums, meanSums },
    {
      positions,
      hooks: hooksOfSites([...interventions, ...quick.filter((_, index) => mine.has(index)).flat()]),
      ...(isPlain && { cleanRun }),
    },
  )
  const clean = new ScoreTotals(config.layout)
  const ablated = ablations.map(() => new ScoreTotals(config.layout))

  for (const batch of batchesOf(sums)) {
    const tokens = tokensOf(batch.sums, config.layout)
    const replacements = sources.ofBatch(batch)
    const score = async (totals: ScoreTotals, acting: readonly Intervention[], options: RunOptions) => {
      const edits = await resolveEdits(model, acting, replacements, positions)
      const run = await model.run(tokens, { ...options, edits, positions })
      totals.addAll(answerScores(run.get('logits')!, batch.sums, config))
      return run
    }
    const unablated = await score(clean, interventions, cleanRun)
    for (const [index, one] of quick.entries()) {
      if (!mine.has(index)) continue
      const layer = ablations[index]![0].layer
      const lasting = interventions.filter((intervention) => intervention.layer >= layer)
      const shared = isPlain ? { clean: unablated } : startingAt(layer, unablated)
      await score(ablated[index]!, [...lasting, ...one], { outputs: ['logits'], ...shared })
    }
    progress(batch.end * mine.size, sums.length * mine.size, resultOf({ clean, ablated }), mine.size)
  }
  return { clean, ablated }
}

/** The same for every sweep without interventions, so that the engine need not repeat the clean run for the next one. */
function everySweepsOutputs(config: ModelConfig): string[] {
  const sites = ['q', 'k', 'v', 'z'] as const
  const layers = Array.from({ length: config.n_layers }, (_, layer) => layer)
  const averaged = layers.flatMap((layer) => [
    ...sites.map((site) => summed(hookOf(site, layer))),
    ...(hasMlp(config) ? [summed(hookOf('mlp_out', layer))] : []),
  ])
  return ['logits', ...hooksToShare(config), ...averaged]
}

/** A later layer starts from the residual stream that the run without the ablation has there. */
function startingAt(layer: number, unablated: ActivationCache): Pick<RunOptions, 'start'> {
  const residPre = layer > 0 ? unablated.get(`blocks.${layer - 1}.hook_resid_post`) : undefined
  return residPre ? { start: { layer, residPre } } : {}
}

/** Indices of the ablations of one process's share. They are dealt out layer by layer, because one of an early layer costs the most. */
function ablationsOfShare(
  ablations: readonly Ablation[],
  { share: { index, of } = { index: 0, of: 1 } }: Schedule,
): ReadonlySet<number> {
  const byLayer = [...ablations.keys()].toSorted((a, b) => ablations[a]![0].layer - ablations[b]![0].layer)
  return new Set(byLayer.filter((_, rank) => rank % of === index))
}

/** What was asked, and how the model does without any of the ablations. */
export function askedOf({ mode = 'mean', meanOver = 'subset' }: SweepParams, { clean }: SweepScores) {
  return { mode, meanOver, n: clean.sums, cleanLoss: clean.loss }
}

/** By how much the loss of each ablation exceeds the clean loss, in nats. The ablations are those of the axes' entries. */
export function lossesOver<const Axes extends readonly Axis[]>(axes: Axes, layout: TaskLayout, scores: SweepScores) {
  const differences = scores.ablated.map(({ loss }) => loss - scores.clean.loss)
  return {
    lossDiff: tensorOver(axes, differences, 'nats'),
    lossDiffPerDigit: tensorOver([...axes, digitAxis(layout)], lossDifferencesPerDigit(scores), 'nats'),
  }
}

/** The same for each answer digit, row-major [ablation, digit]. */
export function lossDifferencesPerDigit({ clean, ablated }: SweepScores): Float64Array {
  const without = clean.lossPerDigit
  return Float64Array.from(
    ablated.flatMap(({ lossPerDigit }) => [...lossPerDigit.map((loss, digit) => loss - without[digit]!)]),
  )
}

function hooksOfSites(interventions: readonly Intervention[]): string[] {
  return [...new Set(interventions.map(({ site, layer }) => hookOf(site, layer)))]
}
