import { BadInput } from './bad-input'

/** One neuron of a layer's MLP. */
export interface Neuron {
  readonly layer: number
  readonly neuron: number
}

/** How a layer's MLP is shown: `MLP0`. */
export function mlpLabel(layer: number): string {
  return `MLP${layer}`
}

/** How a neuron is shown: `L0N12`. */
export function neuronLabel(layer: number, neuron: number): string {
  return `L${layer}N${neuron}`
}

/** The layer of a label that `mlpLabel` made; undefined for any other label. */
export function layerOfMlp(label: string): number | undefined {
  const layer = /^MLP(\d+)$/.exec(label)?.[1]
  return layer === undefined ? undefined : Number(layer)
}

/** Reads `L0N12` or `N0.12`. Throws BadInput for anything else; whether the model has that neuron is for the caller. */
export function parseNeuron(text: string): Neuron {
  const match = /^(?:L(\d+)N|N(\d+)\.)(\d+)$/i.exec(text.trim())
  if (!match) throw new BadInput(`"${text}" is not a neuron: write layer and neuron counted from 0, as in L0N12.`)
  return { layer: Number(match[1] ?? match[2]), neuron: Number(match[3]) }
}
