import { BadInput } from '../../core/bad-input'
import { parseColumnVariable } from '../../core/column-hypothesis'
import { parseHeadSite, type HeadSite } from '../../core/head-site'
import { headLabel } from '../../core/heads'
import { equalsPosition, lastPredictingPosition, tokenAt } from '../../core/positions'
import type { ModelConfig } from '../../model/config'
import { z } from 'zod'
import { examples, ofRunSums, type Described } from '../parameters'
import { checkBeforeLast, parseVia, type Via } from './isolated-pieces'
import type { Hypothesis } from './paired-sums'
import { movable, type Movable } from './site-edits'

/**
 * `at`: the sites that are taken from the donor, `H0.0@C1`. `of`: which activation of them, by default the result. `moves`: what of
 * the addition that is supposed to move, `carry:C2`, `class:2`, `sum:3`; with `binary` a class knows only carry or none. `via`:
 * the pieces of the last layer through which alone it may act, `pattern+v`, `q@H1.2`. `examples`: how many pairs are told one by one.
 */
export const transplantParameters = {
  ...ofRunSums,
  at: z.array(z.string().max(20)).min(1).max(100).readonly().exactOptional(),
  of: z.enum(movable).exactOptional(),
  moves: z.array(z.string().max(40)).max(20).readonly().exactOptional(),
  via: z.string().max(60).exactOptional(),
  binary: z.boolean().exactOptional(),
  examples,
}

export type TransplantParams = Described<typeof transplantParameters>

/** A transplant as it was asked for. */
export interface TransplantPlan {
  readonly sites: readonly HeadSite[]
  readonly of: Movable
  readonly hypothesis: Hypothesis
  readonly via: Via | undefined
}

/** Reads what is transplanted, by default the first head's result at `=`. Throws BadInput where the model has no such site. */
export function transplantPlan(params: TransplantParams, config: ModelConfig): TransplantPlan {
  const { at = [`H0.0@${equalsPosition(config.layout)}`], of = 'result', moves = [], via, binary = false } = params
  const sites = at.map((text) => parseHeadSite(text, config.layout))
  for (const site of sites) checkSite(site, config)
  if (via !== undefined) checkBeforeLast(sites, config)
  return {
    sites,
    of,
    hypothesis: { moves: moves.map((text) => parseColumnVariable(text, config.layout)), binary },
    via: via === undefined ? undefined : parseVia(via, config),
  }
}

function checkSite({ layer, head, position }: HeadSite, { n_layers, n_heads, layout }: ModelConfig): void {
  if (layer >= n_layers || head >= n_heads)
    throw new BadInput(
      `The model has no head ${headLabel(layer, head)}: its heads are ${headLabel(0, 0)} to ${headLabel(n_layers - 1, n_heads - 1)}.`,
    )
  const last = lastPredictingPosition(layout)
  if (position > last)
    throw new BadInput(
      `${tokenAt(position, layout)} stands after every position that predicts, so nothing reads ${headLabel(layer, head)} there: choose one up to ${tokenAt(last, layout)}.`,
    )
}
