import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { drawingSvg } from '../../src/charts/drawing-svg'
import type { Drawing } from '../../src/charts/drawing'

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

export function pictureOf(drawing: Drawing<unknown>): string {
  return drawingSvg(drawing, '#ffffff')
}
