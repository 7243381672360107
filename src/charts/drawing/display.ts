import type { PaletteChoice } from './palette'
import { tokens, type Tokens } from './tokens'

/** Everything a picture depends on beside its data. Same data, same display: same picture. */
export interface Display extends PaletteChoice {
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  /** Drawn for the back row: no type below 20 px, lines twice as thick. */
  readonly stage: boolean
}

/** The sizes that follow from where a picture is shown. */
export interface Metrics {
  /** Axis, unit, cell and label type. */
  readonly label: number
  /** Names and key figures. */
  readonly strong: number
  /** Factor on every distance and line width that was drawn for Explore. */
  readonly unit: number
}

export function metrics({ stage }: Display): Metrics {
  return stage ? { label: 20, strong: 24, unit: 2 } : { label: 11, strong: 13, unit: 1 }
}

export function tokensOf({ theme }: Display): Tokens {
  return tokens[theme]
}

/** Families without quotes, which CSS allows and which every attribute and style string can hold. */
export const fonts = {
  sans: 'Inter, Segoe UI Variable, Segoe UI, system-ui, DejaVu Sans, sans-serif',
  mono: 'JetBrains Mono, SF Mono, Consolas, DejaVu Sans Mono, monospace',
} as const
