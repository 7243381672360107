import type { AnyFigure } from '../figure'
import { figureNamed } from '../figure-named'
import { ofAttribution } from './attribution-definition'

/**
 * What Explore's clock face is: the logit attribution, read in a plane. Its numbers follow from that analysis and W_U's
 * singular vectors, so that it is asked like the attribution and is no figure of its own in reports.
 */
export const clockFaceFigure: AnyFigure = {
  ...figureNamed('dla'),
  id: 'clock-face',
  title: 'Clock face',
  cells: [],
  definition: {
    formula:
      '(attribution · V_k) / s_k for k = 1, 2: the logits that each part adds, in the plane of W_U’s two main singular ' +
      'directions, laid tail to head; command and code give the attribution, “analyze unembedding” the directions',
    hook: 'hook_embed, hook_pos_embed, blocks.*.attn.hook_result, b_O',
    over: 'one sum; nothing is averaged',
    layerNorm: ofAttribution.layerNorm,
    unit: 'residual stream over its scale',
  },
}
