import { tokensOf, type Display } from '../drawing/display'

/**
 * Stripes on what is negative, where one of the palettes for colour-blind readers is chosen: the sign is then seen without
 * any colour. Nothing with the standard palette.
 */
export function signDecal(value: number, display: Display) {
  if (display.palette === 'standard' || !(value < 0)) return {}
  const stripes = { symbol: 'rect', color: tokensOf(display).panel, dashArrayX: [1, 0], dashArrayY: [2, 3] }
  return { decal: { ...stripes, rotation: -Math.PI / 4 } }
}
