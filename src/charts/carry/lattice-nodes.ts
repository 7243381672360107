import type { Display } from '../drawing/display'
import type { Box, Mark } from '../drawing/drawing'
import { decimalText } from '../drawing/number-text'
import { penOf } from '../drawing/pen'
import { headColor } from '../drawing/tokens'
import type { Worths } from './head-worths'
import type { LatticeNode } from './lattice-layout'

/** Where the lattice stands, and how large its nodes are. */
export interface LatticePlot extends Box {
  /** The largest loss of the axis. */
  readonly most: number
  readonly columns: number
  readonly node: { readonly width: number; readonly height: number }
}

type Place = (node: LatticeNode) => { readonly x: number; readonly y: number }

/** Every node as a small picture of what it ablates: layer 0 above the later ones, filled where a head is ablated. */
export function latticeMarks(
  nodes: readonly LatticeNode[],
  worths: Worths,
  chosen: number,
  place: Place,
  plot: LatticePlot,
  display: Display,
): Mark[] {
  const { unit, panel, ctl, solid, line } = penOf(display)
  const { heads, layers } = worths
  const ofLayer = heads.length / layers
  const { width, height } = plot.node
  const color = headColor(display.theme, Math.floor(chosen / ofLayer), chosen % ofLayer)
  return nodes.flatMap((node): Mark[] => {
    const { x, y } = place(node)
    const holds = node.heads.includes(chosen)
    const box = { x: x - width / 2, y: y - height / 2, width, height, radius: 2 * unit }
    if (width < 10 * unit) return [{ kind: 'rect', ...box, fill: holds ? color : ctl }]
    const [across, down] = [(width - 4 * unit) / ofLayer, (height - 4 * unit) / layers]
    return [
      { kind: 'rect', ...box, fill: panel, stroke: holds ? color : ctl, strokeWidth: (holds ? 1.5 : 1) * unit },
      ...heads.map((_, head): Mark => {
        const [row, column] = [Math.floor(head / ofLayer), head % ofLayer]
        const at = { x: box.x + 2 * unit + column * across, y: box.y + 2 * unit + row * down }
        const fill = !node.heads.includes(head) ? line : head === chosen ? color : solid
        return { kind: 'rect', ...at, width: across - unit, height: down - unit, fill }
      }),
    ]
  })
}

/** Names of the clean run, the two single ablations that cost the most, the worst subset and all ablated. */
export function latticeLabels(
  nodes: readonly LatticeNode[],
  { heads }: Worths,
  place: Place,
  plot: LatticePlot,
  display: Display,
): Mark[] {
  const { unit, ink, panel, text } = penOf(display)
  const look = { weight: 650, fill: ink, halo: panel }
  const left = (node: LatticeNode, words: string): Mark => {
    const { x, y } = place(node)
    return text(x - plot.node.width / 2 - 5 * unit, y, words, { ...look, anchor: 'end' })
  }
  const above = (node: LatticeNode, words: string): Mark => {
    const { x, y } = place(node)
    return text(Math.min(x, display.width - 46 * unit), y - 14 * unit, words, { ...look, anchor: 'middle' })
  }
  const byLoss = nodes.toSorted((one, other) => other.loss - one.loss)
  const singles = byLoss.filter((node) => node.size === 1)
  const apart = singles.filter(
    (node, index) => index === 0 || (index === 1 && Math.abs(place(node).y - place(singles[0]!).y) > 13 * unit),
  )
  const [clean, all] = [0, heads.length].map((wanted) => nodes.find(({ size }) => size === wanted))
  const worst = byLoss.slice(0, 1).filter(({ size }) => size > 1 && size < heads.length)
  const value = ({ loss }: LatticeNode) => decimalText(loss, loss < 1 ? 2 : 1)
  const spared = (node: LatticeNode) => heads.filter((_, head) => !node.heads.includes(head))
  return [
    ...(clean ? [above(clean, `clean ${value(clean)}`)] : []),
    ...apart.filter(({ aside }) => aside <= 0).map((node) => left(node, `${heads[node.heads[0]!]!} ${value(node)}`)),
    ...worst.map((node) => above(node, `worst, ${value(node)}: ${worstName(heads, node, spared(node))}`)),
    ...(all ? [above(all, `all ${value(all)}`)] : []),
  ]
}

function worstName(heads: readonly string[], node: LatticeNode, spared: readonly string[]): string {
  return spared.length < node.size ? `all but ${spared.join(' ')}` : node.heads.map((head) => heads[head]!).join(' ')
}
