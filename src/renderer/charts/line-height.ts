import { setPlatformAPI } from '../../report/echarts'

/** What ECharts measures once in each font, to take its width for the height of a line. */
const wideCharacter = '国'

/**
 * Has ECharts take a font's size for the width of a Chinese character, as it is in fonts that have them and in figures that are saved.
 * None of the window's own has; to look for one among the system's fonts holds the page up for 100 ms, where there is none in vain.
 */
export function knowLineHeights(context: Pick<CanvasRenderingContext2D, 'font' | 'measureText'>): void {
  let font = ''
  setPlatformAPI({
    measureText: (text: string, of = '12px sans-serif') => {
      if (text === wideCharacter) return { width: sizeOf(of) }
      if (font !== of) context.font = font = of
      return context.measureText(text)
    },
  })
}

/** Of a font as CSS writes it, in pixels. */
function sizeOf(font: string): number {
  return Number(/([\d.]+)px/.exec(font)?.[1] ?? 12)
}
