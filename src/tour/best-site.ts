import { BadInput } from '../core/bad-input'
import { formatHeadSite, type HeadSite } from '../core/head-site'
import { asked, thousand, type Inquiry } from './inquiry'

/** A head at a position, `H0.0@C1`, and the share of sums in which it alone moves a digit's carry. */
export interface BestSite {
  readonly site: string
  readonly share: number
}

/**
 * The site before the last layer that alone moves a digit's carry most often: taken from the map of all single sites over 1000
 * sums. Throws BadInput for a model of one layer.
 */
export async function bestSite(inquiry: Inquiry, digit: number): Promise<BestSite> {
  const { config } = inquiry
  const { moved } = await inquiry.ask(asked('transplant-map', { dataset: thousand }))
  const [, heads, positions, digits] = moved.shape as [number, number, number, number]
  let best: HeadSite | undefined
  let most = -Infinity
  for (let layer = 0; layer < config.n_layers - 1; layer++)
    for (let head = 0; head < heads; head++)
      for (let position = 0; position < positions; position++) {
        const share = moved.data[((layer * heads + head) * positions + position) * digits + digit]!
        if (share > most) [most, best] = [share, { layer, head, position }]
      }
  if (!best)
    throw new BadInput(
      'This model has one layer, so no head writes what a later one reads: open a model with two layers.',
    )
  return { site: formatHeadSite(best, config.layout), share: most }
}
