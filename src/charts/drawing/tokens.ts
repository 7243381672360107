/** The window's colours, for pictures: the same as the style sheet's, under the same names. */
export interface Tokens {
  readonly panel: string
  readonly raised: string
  readonly line: string
  readonly ctl: string
  readonly hatch: string
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly acc: string
  readonly accbg: string
  readonly solid: string
  readonly bad: string
  readonly badbg: string
  readonly badfill: string
  readonly onbad: string
  /** One hue for each head of a layer, layer by layer: warm ones first, then cool ones. */
  readonly heads: readonly (readonly string[])[]
}

export type Theme = 'light' | 'dark'

export const tokens: Readonly<Record<Theme, Tokens>> = {
  light: {
    panel: '#ffffff',
    raised: '#f5f6f8',
    line: '#dce0e5',
    ctl: '#7c8590',
    hatch: '#d3d8de',
    ink: '#14181d',
    ink2: '#454d57',
    ink3: '#5f6873',
    acc: '#0b736e',
    accbg: '#e0f1ef',
    solid: '#2b323b',
    bad: '#b42318',
    badbg: '#fcebe9',
    badfill: '#b42318',
    onbad: '#ffffff',
    heads: [
      ['#a26b00', '#c94f00', '#b0327a'],
      ['#0b62a8', '#2a7a35', '#6a4bc4'],
    ],
  },
  dark: {
    panel: '#15181c',
    raised: '#1d2126',
    line: '#2a3037',
    ctl: '#6f7985',
    hatch: '#30363e',
    ink: '#edf0f3',
    ink2: '#bac2cc',
    ink3: '#949eaa',
    acc: '#45cdbf',
    accbg: '#12302e',
    solid: '#d5dae0',
    bad: '#ff8a7a',
    badbg: '#3a1b18',
    badfill: '#cc4030',
    onbad: '#ffffff',
    heads: [
      ['#e6ae3c', '#ff8a4c', '#f07fb4'],
      ['#6cb6ff', '#5fcf7f', '#b3a2ff'],
    ],
  },
}

/** The hue of a head. More layers or heads reuse hues, so a head is always labelled where it is drawn. */
export function headColor(theme: Theme, layer: number, head: number): string {
  const hues = tokens[theme].heads
  const row = hues[layer % hues.length]!
  return row[head % row.length]!
}
