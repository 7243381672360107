import { isRead, type HeadSite } from '../../core/head-site'
import { tensorOver } from '../../core/axis'
import { sizeOf } from '../../core/tensor'
import type { ModelConfig } from '../../model/config'
import { defineAnalysis, type AnalysisContext } from '../analysis'
import { ofRunSums, type RunSumsParams } from '../parameters'
import { digitAxis, headAxes, positionAxis } from '../parts/axes'
import { headsOf } from '../parts/model-heads'
import { observedDigits } from '../parts/observed-digits'
import { pairedDigits, pairedSums, type SumPairs } from '../parts/paired-sums'
import { TransplantRuns } from '../parts/transplant-runs'
import { TransplantTally } from '../parts/transplant-tally'
import { defaultDataset } from '../../core/task-layout'
import { chosenSets, chosenSums } from '../running/chosen-sums'

/** Where each carry lives: every head at every position is transplanted alone. */
export const transplantMap = defineAnalysis({
  id: 'transplant-map',
  question: 'Which head at which position carries each digit’s carry?',
  definition:
    'hook_result of one head at one position is taken from the clean run of another sum, for every site alone; pairs as in ' +
    '"transplant". moved: share of the pairs whose carry into the digit differs that get the donor’s carry. own: share of the ' +
    'pairs whose carry is the same that keep their digit, the price. A site that nothing reads changes nothing.',
  about: 'dataset',
  parameters: ofRunSums,
  divides: true,
  firstLook: 16,
  async run(context, params) {
    const sums = chosenSums(params, context.model.config.layout, context.schedule)
    return mapOfPairs(context, params, pairedSums(sums, (params.dataset ?? defaultDataset).seed))
  },
})

/** The map of given pairs. */
export async function mapOfPairs(
  { model, progress, schedule = {}, loneSites }: AnalysisContext,
  params: RunSumsParams,
  pairs: SumPairs,
) {
  const { config } = model
  const { share = { index: 0, of: 1 } } = schedule
  const { meanSums } = chosenSets(params, config.layout, schedule)
  const sites = sitesOf(config)
  const tallies = sites.map(() => new TransplantTally(config.layout.answerDigits))
  const untouched = new TransplantTally(config.layout.answerDigits)
  const read = sites.flatMap((site, index) => (isRead(site, config) ? [index] : []))
  // Dealt out by positions, because what stands at one is moved together.
  const places = [...new Set(read.map((index) => sites[index]!.position))].filter(
    (_, rank) => rank % share.of === share.index,
  )
  const mine = new Set(read.filter((index) => places.includes(sites[index]!.position)))
  const layers = Array.from({ length: config.n_layers }, (_, layer) => layer)
  const runs = new TransplantRuns(model, pairs, params, meanSums, { of: 'result', layers, loneSites })
  const total = pairs.recipients.length
  const resultOf = () =>
    mapResult(
      config,
      (index) => {
        if (mine.has(index)) return tallies[index]!
        return read.includes(index) ? null : untouched
      },
      untouched,
    )

  for await (const batch of runs.batches()) {
    const digits = pairedDigits(batch.pairs, config.layout, { moves: [] })
    const own = observedDigits(batch.baseline.get('logits')!, config)
    untouched.add(digits, own)
    const lone = await batch.lone(places, own)
    for (const index of mine) {
      const site = sites[index]!
      const observed = lone?.of(site) ?? observedDigits((await batch.transplanted([site])).get('logits')!, config)
      tallies[index]!.add(digits, observed)
    }
    progress(batch.end * mine.size, total * mine.size, resultOf(), mine.size)
  }
  return resultOf()
}

function sitesOf(config: ModelConfig): HeadSite[] {
  const positions = Array.from({ length: config.n_ctx }, (_, position) => position)
  return headsOf({ config }).flatMap((head) => positions.map((position) => ({ ...head, position })))
}

/** A site whose tally is not known yet, because another process has it, is NaN. */
function mapResult(config: ModelConfig, tallyOf: (site: number) => TransplantTally | null, untouched: TransplantTally) {
  const { layout } = config
  const ofSites = [...headAxes(config), positionAxis('position', layout)] as const
  const sites = sizeOf(ofSites.map(({ extent }) => extent))
  const missing = new Float64Array(layout.answerDigits).fill(NaN)
  const over = (group: 'differ' | 'same', outcome: 'moved' | 'own') => {
    const data = new Float64Array(sites * layout.answerDigits)
    for (let site = 0; site < sites; site++)
      data.set(tallyOf(site)?.shareOf(group, outcome) ?? missing, site * layout.answerDigits)
    return tensorOver([...ofSites, digitAxis(layout)], data, 'share')
  }
  const { n } = untouched.result(config)
  return { moved: over('differ', 'moved'), own: over('same', 'own'), n }
}
