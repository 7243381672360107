/** What a layer of tiles takes besides its thumbnails, and how large these may be; CSS pixels. */
export interface TileSizes {
  /** Heading, name, letters, switches, and what stands below the heads. */
  readonly beside: number
  readonly least: number
  readonly most: number
}

/** The side of a thumbnail so that all layers are in view in `height`, if they can be. */
export function fittingExtent(height: number, layers: number, { beside, least, most }: TileSizes): number {
  return Math.max(least, Math.min(most, Math.floor(height / layers) - beside))
}
