import type { Box, Mark } from '../drawing/drawing'
import type { Display } from '../drawing/display'
import { penOf } from '../drawing/pen'
import { marginColor, type MarginScale } from './margin-scale'

/** So many steps of the bar. */
const steps = 48

/** Where there is room, the bar is so tall, and stands so far below the map's upper edge; px. */
const [tallest, lowest] = [225, 92]

/** The colours of margins as a bar with its ends, right of a map's box, and below it, where any sum is wrong, what wrong looks like. */
export function scaleMarks(scale: MarginScale, box: Box, anyWrong: boolean, display: Display): Mark[] {
  const below = anyWrong ? 52 : 16
  const height = Math.min(tallest, box.height - below)
  const x = box.x + box.width + 9
  const y = box.y + Math.min(lowest, box.height - below - height)
  const { bad, badfill, text } = penOf(display)
  const bar = Array.from({ length: steps }, (_, step): Mark => {
    const margin = scale.high - ((step + 0.5) / steps) * (scale.high - scale.low)
    const fill = marginColor(margin, scale, display)
    const block = { x, y: y + 27 + (step / steps) * (height - 27), width: 11, height: (height - 27) / steps + 0.5 }
    return { kind: 'rect', ...block, fill }
  })
  const wrong: Mark[] = [
    { kind: 'rect', x, y: y + height + 26, width: 10, height: 10, fill: badfill },
    text(x - 2, y + height + 46, 'wrong', { fill: bad, weight: 650 }),
  ]
  return [
    text(x, y, 'margin'),
    text(x, y + 16, String(scale.high)),
    ...bar,
    text(x, y + height + 10, `${scale.low} weak`),
    ...(anyWrong ? wrong : []),
  ]
}
