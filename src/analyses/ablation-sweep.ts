import { answerPositions } from '../core/positions'
import { tokensOf } from '../core/tokens'
import type { ModelConfig } from '../model/config'
import { resolveEdits } from '../model/edits'
import { givenEdit } from '../model/given-edit'
import { hookOf, type Intervention } from '../model/intervention'
import type { RunOptions } from '../model/model'
import { narrowEdits } from '../model/narrow-edits'
import { throughZ } from '../model/through-z'
import type { AnalysisContext, AnalysisParams, AnalysisResult } from './analysis'
import { answerScores } from './answer-scores'
import { chosenSums } from './chosen-sums'
import { ReplacementSources } from './replacement-sources'
import { batchesOf } from './run-batches'
import { ScoreTotals } from './score-totals'
import { sparedSites } from './spared-sites'

/** Interventions that act together, all in one layer. */
export type Cut = readonly [Intervention, ...Intervention[]]

/** Scores without any of the cuts, and with each of them alone. */
export interface SweepScores {
  readonly clean: ScoreTotals
  readonly cut: readonly ScoreTotals[]
}

/**
 * Runs the chosen sums clean and under each cut alone. All cuts share the clean run: a cut of a later layer starts from its
 * clean residual stream, what it leaves unchanged in its own layer is taken over, and only the positions that predict are
 * computed to the end. Interventions among the parameters stay in force throughout, so "clean" then means without the cuts.
 * `resultOf` makes the partial results. Cuts that are not of `params.part` are left out: their scores stay NaN.
 */
export async function ablationSweep(
  { model, progress }: AnalysisContext,
  params: AnalysisParams,
  cuts: readonly Cut[],
  resultOf: (scores: SweepScores) => AnalysisResult,
): Promise<SweepScores> {
  const { config } = model
  const { interventions = [], part = { index: 0, of: 1 } } = params
  const { sums, meanSums } = chosenSums(params, config.numDigits)
  const sources = new ReplacementSources(model, { sums, meanSums })
  const quick = interventions.length > 0 ? cuts : cuts.map((one) => quickest(one, config))
  const mine = cutsOfPart(quick, part)
  const chosen = quick.filter((_, index) => mine.has(index))
  await sources.means(hooksOfMean([...interventions, ...chosen.flat()]))
  const positions = answerPositions(config.numDigits)
  const last = config.n_layers - 1
  const streams = Array.from({ length: last }, (_, index) => hookOf('resid_pre', index + 1))
  // The same for every sweep, so that the engine need not repeat the clean run for the next one.
  const shared = [...streams, hookOf('pattern', last), hookOf('z', last)]
  const clean = new ScoreTotals(config.numDigits)
  const cut = cuts.map(() => new ScoreTotals(config.numDigits))

  for (const batch of batchesOf(sums)) {
    const tokens = tokensOf(batch.sums, config.numDigits)
    const score = async (totals: ScoreTotals, acting: readonly Intervention[], options: RunOptions) => {
      const given = options.edits ?? []
      const resolved = await resolveEdits(model, acting, sources.ofBatch(batch))
      const others = resolved.filter(({ hook }) => !given.some((edit) => edit.hook === hook))
      const edits = [...narrowEdits(config, others, positions), ...given]
      const run = await model.run(tokens, { ...options, edits, positions })
      totals.addAll(answerScores(run.get('logits')!, batch.sums, config))
      return run
    }
    const cleanRun = await score(clean, interventions, { outputs: ['logits', ...shared] })
    for (const [index, one] of quick.entries()) {
      if (!mine.has(index)) continue
      const [{ layer: first }] = one
      const acting = [...interventions.filter(({ layer }) => layer >= first), ...one]
      const residPre = cleanRun.get(hookOf('resid_pre', first))
      const start = residPre && { start: { layer: first, residPre } }
      const edits = sparedHooks(one, config).map((hook) => givenEdit(hook, cleanRun.get(hook)!))
      await score(cut[index]!, acting, { outputs: ['logits'], edits, ...start })
      progress(batch.begin * cuts.length + (index + 1) * batch.sums.length, sums.length * cuts.length)
    }
    progress(batch.end * cuts.length, sums.length * cuts.length, resultOf({ clean, cut }))
  }
  return { clean, cut }
}

/** Indices of the cuts of one part. They are dealt out layer by layer, because a cut of an early layer costs the most. */
function cutsOfPart(cuts: readonly Cut[], { index, of }: { index: number; of: number }): ReadonlySet<number> {
  const byLayer = [...cuts.keys()].toSorted((a, b) => cuts[a]![0].layer - cuts[b]![0].layer)
  return new Set(byLayer.filter((_, rank) => rank % of === index))
}

/** A cut in the form that costs least; that other interventions are in force would make the order of the two matter. */
function quickest(cut: Cut, { n_layers }: ModelConfig): Cut {
  const [first, ...others] = cut
  return first.layer < n_layers - 1 ? [throughZ(first), ...others.map(throughZ)] : cut
}

/** What a cut leaves unchanged in its layer. Only in the last one, which computes few positions, is that cheap to hand over. */
function sparedHooks(cut: Cut, { n_layers }: ModelConfig): string[] {
  if (cut[0].layer < n_layers - 1) return []
  return sparedSites(cut.map(({ site }) => site)).map((site) => hookOf(site, cut[0].layer))
}

/** By how much the loss of each cut exceeds the clean loss, in nats. */
export function lossDifferences({ clean, cut }: SweepScores): Float64Array {
  return Float64Array.from(cut, ({ loss }) => loss - clean.loss)
}

/** The same for each answer digit, row-major [cut, digit]. */
export function lossDifferencesPerDigit({ clean, cut }: SweepScores): Float64Array {
  const without = clean.lossPerDigit
  return Float64Array.from(
    cut.flatMap(({ lossPerDigit }) => [...lossPerDigit.map((loss, digit) => loss - without[digit]!)]),
  )
}

function hooksOfMean(interventions: readonly Intervention[]): string[] {
  const means = interventions.filter(({ mode }) => mode === 'mean')
  return [...new Set(means.map(({ site, layer }) => hookOf(site, layer)))]
}
