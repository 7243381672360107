import { BadInput } from './bad-input'

/** One attention head. */
export interface Head {
  readonly layer: number
  readonly head: number
}

/** How a head is shown: `H0.2`. */
export function headLabel(layer: number, head: number): string {
  return `H${layer}.${head}`
}

const labelsOfLayer = new Map<string, readonly string[]>()

/** Labels of the heads of one layer. Made once: every activation with heads carries them. */
export function layerHeadLabels(layer: number, headCount: number): readonly string[] {
  const key = `${layer} ${headCount}`
  const known = labelsOfLayer.get(key) ?? Array.from({ length: headCount }, (_, head) => headLabel(layer, head))
  labelsOfLayer.set(key, known)
  return known
}

/** Labels of all heads, layer by layer. */
export function headLabels(layerCount: number, headCount: number): string[] {
  return Array.from({ length: layerCount }, (_, layer) => layerHeadLabels(layer, headCount)).flat()
}

/** Reads `H0.1`, `0.1` or `L0H1`. Throws BadInput for anything else; whether the model has that head is for the caller. */
export function parseHead(text: string): Head {
  const match = /^(?:H?(\d+)\.(\d+)|L(\d+)H(\d+))$/i.exec(text.trim())
  if (!match)
    throw new BadInput(`"${text}" is not a head: write layer and head counted from 0, as in H0.1, 0.1 or L0H1.`)
  return { layer: Number(match[1] ?? match[3]), head: Number(match[2] ?? match[4]) }
}
