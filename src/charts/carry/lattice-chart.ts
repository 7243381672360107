import type { CustomSeriesOption } from 'echarts'
import { counted } from '../../core/counted'
import { chart, type Chart } from '../drawing/chart'
import { fonts, type Display } from '../drawing/display'
import type { Mark, Target } from '../drawing/drawing'
import { decimalText, signedText } from '../drawing/number-text'
import { penOf } from '../drawing/pen'
import { headColor } from '../drawing/tokens'
import { gridIn } from '../echarts/axes'
import { markSeries } from '../echarts/marks'
import type { Worths } from './head-worths'
import { costBySize, latticeEdges, latticeNodes, type LatticeEdge, type LatticeNode } from './lattice-layout'
import { latticeLabels, latticeMarks, type LatticePlot } from './lattice-nodes'

/** With more heads than this only the lines of the chosen one are drawn. */
const mostForAllLines = 7

/** The loss with every subset of the heads ablated: how many across, nats up, and lines along which one more head goes. */
export function latticeChart(worths: Worths, chosen: number, display: Display): Chart<LatticeNode> {
  const { unit, line } = penOf(display)
  const { width, height } = display
  const { heads } = worths
  const isSmall = heads.length <= mostForAllLines
  // The clean run and its name stand clear of the numbers of the axis.
  const inset = 24 * unit
  const plot: LatticePlot = {
    x: 40 * unit + inset,
    y: 22 * unit,
    width: width - 72 * unit - inset,
    height: Math.max(height - 108 * unit, 40 * unit),
    most: niceTop(worths),
    columns: heads.length,
    node: isSmall ? { width: 18 * unit, height: 13 * unit } : { width: 5 * unit, height: 5 * unit },
  }
  const room = plot.width / heads.length / (plot.node.width + 2 * unit)
  const high = ((plot.node.height + 2 * unit) / plot.height) * plot.most
  const nodes = latticeNodes(worths, high, Math.max(1, Math.floor(room / 2)))
  const edges = latticeEdges(nodes, heads.length)
  const place = placeIn(plot, unit)
  const targets = nodes.map((datum): Target<LatticeNode> => {
    const { x, y } = place(datum)
    const { width: wide, height: high } = plot.node
    return { x: x - wide / 2, y: y - high / 2, width: wide, height: high, datum }
  })
  const others = isSmall ? edges.filter(({ head }) => head !== chosen) : []
  const ofChosen = edges.filter(({ head }) => head === chosen)
  const stroke = { color: colorOf(worths, chosen, display), width: (isSmall ? 1.5 : 0.75) * unit }
  const marks = [
    ...latticeMarks(nodes, worths, chosen, place, plot, display),
    ...latticeLabels(nodes, worths, place, plot, display),
    ...costs(worths, chosen, plot, display),
  ]
  return chart(display, targets, {
    grid: gridIn({ ...plot, x: plot.x - inset, width: plot.width + inset }),
    ...axes(heads.length, inset, plot, display),
    series: [
      lines('others', others, place, { color: line, width: unit }, display),
      lines('chosen', ofChosen, place, stroke, display),
      markSeries('subsets', marks, null),
    ],
  })
}

/** How many heads are ablated, across, and the loss, up. */
function axes(heads: number, inset: number, plot: LatticePlot, display: Display) {
  const { unit, label: fontSize, ink2, ink3, line } = penOf(display)
  const type = { fontFamily: fonts.sans, fontSize }
  return {
    xAxis: {
      type: 'value',
      min: (-inset / plot.width) * heads,
      max: heads,
      splitLine: { show: false },
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        ...type,
        customValues: Array.from({ length: heads + 1 }, (_, size) => size),
        color: ink2,
        fontWeight: 600,
        margin: 10 * unit,
        formatter: (size: number) => (size === 0 ? 'none' : size === heads ? `all ${size}` : String(size)),
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: plot.most,
      splitNumber: 4,
      axisLine: { onZero: false },
      name: 'loss, nats',
      nameLocation: 'middle',
      nameGap: 28 * unit,
      nameTextStyle: { ...type, color: ink3 },
      axisLabel: { ...type, color: ink3 },
      splitLine: { lineStyle: { color: line, width: unit } },
    },
  } as const
}

function placeIn({ x, y, width, height, most, columns, node }: LatticePlot, unit: number) {
  return ({ size, loss, aside }: LatticeNode) => ({
    x: x + (size / columns) * width + aside * (node.width + 2 * unit),
    y: y + (1 - loss / most) * height,
  })
}

/** A round number above every loss. */
function niceTop({ subsets }: Worths): number {
  const largest = Math.max(...subsets.map(({ loss }) => loss).filter((loss) => !Number.isNaN(loss)), 1e-3)
  const step = 10 ** Math.floor(Math.log10(largest))
  return Math.ceil((largest * 1.04) / (step / 2)) * (step / 2)
}

function colorOf({ heads, layers }: Worths, head: number, { theme }: Display): string {
  const ofLayer = heads.length / layers
  return headColor(theme, Math.floor(head / ofLayer), head % ofLayer)
}

function lines(
  id: string,
  edges: readonly LatticeEdge[],
  place: (node: LatticeNode) => { x: number; y: number },
  { color, width }: { color: string; width: number },
  display: Display,
): CustomSeriesOption {
  const reach = 9 * penOf(display).unit
  return {
    type: 'custom',
    id,
    coordinateSystem: 'none',
    silent: true,
    progressive: 0,
    data: edges.map((_, index) => [index]),
    renderItem: ({ dataIndex }) => {
      const { from, to } = edges[dataIndex]!
      const [start, end] = [place(from), place(to)]
      const [x1, x2] = [start.x + reach, end.x - reach]
      const middle = (x1 + x2) / 2
      const shape = { x1, y1: start.y, x2, y2: end.y, cpx1: middle, cpy1: start.y, cpx2: middle, cpy2: end.y }
      return { type: 'bezierCurve', shape, style: { stroke: color, lineWidth: width, fill: 'none' } }
    },
  }
}

/** What also ablating the chosen head costs, by how many are ablated already: the mean of these is its Shapley value. */
function costs(worths: Worths, chosen: number, { x, width, columns }: LatticePlot, display: Display): Mark[] {
  const { unit, ink3, text, rule } = penOf(display)
  const { height } = display
  const color = colorOf(worths, chosen, display)
  const name = worths.heads[chosen]!
  const bySize = costBySize(worths, chosen)
  const known = bySize.every(({ count }) => count > 0)
  const mean = bySize.reduce((sum, cost) => sum + cost.mean / bySize.length, 0)
  const falls = bySize.every((cost, index) => index === 0 || cost.mean <= bySize[index - 1]!.mean + 0.05)
  const sentence =
    worths.whole && known
      ? `Mean of these ${bySize.length} = ${signedText(mean, 2)} nats, ${name}’s Shapley value.${falls ? ' The more is ablated already, the less it costs.' : ''}`
      : `Shapley value ${signedText(worths.shapley[chosen] ?? NaN, 2)} ± ${decimalText(1.96 * (worths.errors[chosen] ?? NaN), 2)} nats from ${worths.orders} random orders: too many subsets to ask about all.`
  const few = width / columns >= 62 * unit
  const [above, first, second] = [height - 58 * unit, height - 46 * unit, height - 31 * unit]
  const figures = bySize.flatMap(({ mean: cost, count }, index): Mark[] => {
    if (count === 0) return []
    const at = x + ((index + 0.5) / columns) * width
    return [
      text(at, first, signedText(cost, 1), { fill: color, weight: 650, anchor: 'middle' }),
      text(at, second, `mean of ${count}`, { fill: ink3, anchor: 'middle' }),
    ]
  })
  const inTable = `${counted(bySize.length, 'size')}: in the table`
  return [
    rule([0, above], [display.width, above]),
    text(0, first, 'also ablating', { fill: ink3 }),
    text(0, second, `${name} adds`, { fill: color, weight: 650 }),
    ...(few ? figures : [text(x + 20 * unit, height - 38 * unit, inTable, { fill: ink3 })]),
    text(0, height - 10 * unit, sentence),
  ]
}
