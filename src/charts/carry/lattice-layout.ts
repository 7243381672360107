import type { AblatedSubset, Worths } from './head-worths'

/** A node of the lattice: a subset, and how far it is moved sideways so that no two lie on each other. */
export interface LatticeNode extends AblatedSubset {
  readonly size: number
  /** In widths of a node. */
  readonly aside: number
}

/** Nodes of one size stand above each other by loss; those that would meet are spread sideways. `high` is a node's height in nats. */
export function latticeNodes({ subsets, heads }: Worths, high: number, widest: number): LatticeNode[] {
  return Array.from({ length: heads.length + 1 }, (_, size) => {
    const ofSize = subsets
      .filter((subset) => subset.heads.length === size && !Number.isNaN(subset.loss))
      .toSorted((one, other) => one.loss - other.loss)
    const placed: LatticeNode[] = []
    for (const subset of ofSize) {
      const near = placed.filter(({ loss }) => Math.abs(loss - subset.loss) < high)
      const free = asides(widest).find((aside) => near.every((other) => Math.abs(other.aside - aside) >= 1))
      placed.push({ ...subset, size, aside: free ?? 0 })
    }
    return placed
  }).flat()
}

/** 0, 1, -1, 2 and so on. */
function asides(widest: number): number[] {
  return [0, ...Array.from({ length: widest }, (_, step) => [step + 1, -step - 1]).flat()]
}

/** One more head: from a subset to the one that has it too. */
export interface LatticeEdge {
  readonly from: LatticeNode
  readonly to: LatticeNode
  readonly head: number
}

export function latticeEdges(nodes: readonly LatticeNode[], heads: number): LatticeEdge[] {
  const known = new Map(nodes.map((node) => [node.subset, node]))
  return nodes.flatMap((from) =>
    Array.from({ length: heads }, (_, head) => head).flatMap((head): LatticeEdge[] => {
      const to = from.heads.includes(head) ? undefined : known.get(from.subset + 2 ** head)
      return to ? [{ from, to, head }] : []
    }),
  )
}

/** What also ablating a head adds, averaged over the subsets of each size that are known with it and without. */
export function costBySize({ subsets, heads, lossOf }: Worths, head: number): { mean: number; count: number }[] {
  return heads.map((_, size) => {
    const added = subsets
      .filter(({ heads: ablated }) => ablated.length === size && !ablated.includes(head))
      .map(({ subset, loss }) => lossOf(subset + 2 ** head) - loss)
      .filter((cost) => !Number.isNaN(cost))
    return { mean: added.reduce((sum, cost) => sum + cost / added.length, 0), count: added.length }
  })
}
