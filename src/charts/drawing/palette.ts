import type { Theme } from './tokens'

/**
 * Data palettes: evenly spaced stops, interpolated in sRGB. Signed palettes run from -M to +M with 0 in the middle, so that
 * colour never depends on where the data happen to lie; probabilities and attention run from 0 to 1.
 */
export const palettes = ['standard', 'orange-blue', 'magenta-teal'] as const
export type Palette = (typeof palettes)[number]

const diverging: Readonly<Record<Palette, Record<Theme, readonly string[]>>> = {
  standard: {
    light: ['#8e0c25', '#cf4459', '#f0b4b4', '#f5f6f8', '#a6c9e8', '#2e7bbd', '#0b3c73'],
    dark: ['#ff9a8f', '#e0566a', '#7d2f3e', '#1d2126', '#234e78', '#3f8fd6', '#9bd0ff'],
  },
  'orange-blue': {
    light: ['#7a3a00', '#c46a12', '#f2c48d', '#f5f6f8', '#a6c9e8', '#2e7bbd', '#0b3c73'],
    dark: ['#ffc27a', '#d9822b', '#6e4314', '#1d2126', '#234e78', '#3f8fd6', '#9bd0ff'],
  },
  'magenta-teal': {
    light: ['#6b0f52', '#b8438f', '#e9b5d6', '#f5f6f8', '#a3d3ce', '#26867e', '#07413c'],
    dark: ['#ff9fdc', '#d25aa8', '#6b2a55', '#1d2126', '#1c504b', '#2fa197', '#93e3da'],
  },
}

const sequential: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#f5f3fb', '#c6bce5', '#917dc8', '#5e419f', '#2a1059'],
  dark: ['#15181c', '#33275a', '#5f48a0', '#9a86db', '#efeaff'],
}

/** What a palette is chosen by. */
export interface PaletteChoice {
  readonly theme: Theme
  readonly palette: Palette
}

/** Stops of the signed palette, most negative first. */
export function signedStops({ theme, palette }: PaletteChoice): readonly string[] {
  return diverging[palette][theme]
}

/** Stops of the palette for 0..1, 0 first. */
export function unitStops({ theme }: PaletteChoice): readonly string[] {
  return sequential[theme]
}

/** The colour of a signed value on the scale -limit..limit, clipped to it. Null where there is no value (NaN). */
export function signedColor(value: number, limit: number, choice: PaletteChoice): string | null {
  if (Number.isNaN(value)) return null
  return interpolate(signedStops(choice), limit > 0 ? 0.5 + value / limit / 2 : 0.5)
}

/** The colour of a probability or an attention, clipped to 0..1. Null where there is none (NaN). */
export function unitColor(value: number, choice: PaletteChoice): string | null {
  return Number.isNaN(value) ? null : interpolate(unitStops(choice), value)
}

/** The plain bar colours of the signs: the stops of two thirds of the way out. */
export function signColors(choice: PaletteChoice): { readonly negative: string; readonly positive: string } {
  const stops = signedStops(choice)
  return { negative: stops[1]!, positive: stops[5]! }
}

/** Black or white, whichever contrasts more with a colour `#rrggbb`. */
export function inkOn(color: string): '#000000' | '#ffffff' {
  const luminance = relativeLuminance(color)
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff'
}

/** WCAG's relative luminance, 0 (black) to 1 (white). */
export function relativeLuminance(color: string): number {
  const packed = packedColor(color)
  return 0.2126 * light[packed >> 16]! + 0.7152 * light[(packed >> 8) & 255]! + 0.0722 * light[packed & 255]!
}

/** The light of each value of a channel, 0 to 1: cells are coloured by the hundred at every keystroke. */
const light = Float64Array.from({ length: 256 }, (_, channel) => {
  const part = channel / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
})

/**
 * The next number up with so many significant digits: the M of a symmetric scale that shows all values. 1 where all are 0
 * or missing, so that a scale always exists; never below `floor`, under which values mean nothing and get no full colour.
 */
export function symmetricLimit(values: Iterable<number>, significantDigits = 1, floor = 0): number {
  let largest = 0
  for (const value of values) if (Math.abs(value) > largest && Number.isFinite(value)) largest = Math.abs(value)
  if (largest === 0) return 1
  if (largest < floor) return floor
  const step = 10 ** (Math.floor(Math.log10(largest)) + 1 - significantDigits)
  // The quotient of a number that is round already must not be pushed up by its last bit.
  return Number((Math.ceil(largest / step - 1e-9) * step).toPrecision(6))
}

/** A colour so far on the way from one to another, in sRGB. */
export function mix(from: string, to: string, share: number): string {
  const [start, end] = [packedColor(from), packedColor(to)]
  const red = mixedChannel(start >> 16, end >> 16, share)
  const green = mixedChannel((start >> 8) & 255, (end >> 8) & 255, share)
  const blue = mixedChannel(start & 255, end & 255, share)
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, '0')}`
}

function mixedChannel(from: number, to: number, share: number): number {
  return Math.round(from + (to - from) * share)
}

function interpolate(stops: readonly string[], fraction: number): string {
  const at = Math.min(Math.max(fraction, 0), 1) * (stops.length - 1)
  const lower = Math.min(Math.floor(at), stops.length - 2)
  return mix(stops[lower]!, stops[lower + 1]!, at - lower)
}

/** `#rrggbb` as one number. */
function packedColor(color: string): number {
  return Number.parseInt(color.slice(1), 16)
}

/** One colour for each digit around a circle, neighbours alike and 9 next to 0; in OKLCH, of one lightness. */
export function cycleColors({ theme }: PaletteChoice): readonly string[] {
  const lightness = theme === 'light' ? 0.6 : 0.74
  return Array.from({ length: 10 }, (_, digit) => fromOklch(lightness, 0.13, (digit / 10) * 2 * Math.PI + 0.45))
}

/** Ordered classes, as lengths of a cascade: one blue, the further the stronger. */
const classes: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#5ba3dc', '#2f7cc4', '#174f91', '#08203e'],
  dark: ['#3a6ea5', '#5b9bdc', '#92c3f2', '#dcecff'],
}

/** The colour of an ordered class, by its place from 0, the first, to 1. */
export function classColor(rank: number, { theme }: PaletteChoice): string {
  return interpolate(classes[theme], rank)
}

/** `#rrggbb` of an OKLCH colour, cut to what a screen shows (Ottosson 2020). */
function fromOklch(lightness: number, chroma: number, hue: number): string {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)]
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
  const hex = linear.map((part) => {
    const light = Math.min(Math.max(part, 0), 1)
    const encoded = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${hex.join('')}`
}
