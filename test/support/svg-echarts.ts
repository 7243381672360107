type ECharts = typeof import('../../src/report/echarts')

/** For `vi.mock`: charts are drawn as SVG, because a page of jsdom has no canvas. */
export async function drawnAsSvg(original: <Module>() => Promise<Module>): Promise<Pick<ECharts, 'init'>> {
  const { init } = await original<ECharts>()
  return { init: (element, theme, options) => init(element, theme, { ...options, renderer: 'svg' }) }
}
