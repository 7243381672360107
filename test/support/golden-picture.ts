import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EChartsType } from 'echarts/core'
import { expect } from 'vitest'
import { isChart, type AnyPicture, type Chart } from '../../src/charts/drawing/chart'
import { drawingSvg } from '../../src/charts/drawing/drawing-svg'
import { init } from '../../src/report/echarts'

const folder = join(import.meta.dirname, '../golden/charts')

/**
 * Compares a picture with the committed one, `test/golden/charts/NAME.svg`. Where they differ, or none is committed yet, the
 * new one is written beside it as `NAME-changed.svg`, to be looked at and, if it is right, renamed.
 */
export function expectPicture(name: string, svg: string): void {
  const committed = join(folder, `${name}.svg`)
  const changed = join(folder, `${name}-changed.svg`)
  const same = existsSync(committed) && readFileSync(committed, 'utf8') === svg
  if (same) rmSync(changed, { force: true })
  else writeFileSync(changed, svg)
  expect(same, `${name}.svg is not the picture committed; look at ${changed} and rename it if it is right`).toBe(true)
}

/** A picture as SVG, on white. A chart's has one element to a line and no ids that count the charts drawn before it. */
export function pictureOf(picture: AnyPicture<unknown>): string {
  if (!isChart(picture)) return drawingSvg(picture, '#ffffff')
  return withChart(picture, (instance) => instance.renderToSVGString())
    .replaceAll(/zr\d+-/g, 'zr-')
    .replaceAll(/ ecmeta_\w+="[^"]*"/g, '')
    .replaceAll(/\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100))
    .replaceAll('><', '>\n<')
}

/** What `use` finds out about a chart that is laid out as in a window. */
export function withChart<T>({ width, height, option }: Chart<unknown>, use: (instance: EChartsType) => T): T {
  const instance = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    instance.setOption(option)
    return use(instance)
  } finally {
    instance.dispose()
  }
}
