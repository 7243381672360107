import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  inkOn,
  palettes,
  relativeLuminance,
  signedColor,
  signedStops,
  symmetricLimit,
  unitColor,
  unitStops,
} from '../../../src/charts/drawing/palette'
import { tokens } from '../../../src/charts/drawing/tokens'

const themes = ['light', 'dark'] as const
const choices = palettes.flatMap((palette) => themes.map((theme) => ({ palette, theme })))

test.each(choices)('$palette, $theme: 0 is the middle stop and ±M are the ends, whatever M is', (choice) => {
  const stops = signedStops(choice)
  for (const limit of [0.1, 1, 60]) {
    expect(signedColor(-limit, limit, choice)).toBe(stops[0])
    expect(signedColor(0, limit, choice)).toBe(stops[3])
    expect(signedColor(limit, limit, choice)).toBe(stops[6])
    expect(signedColor(2 * limit, limit, choice)).toBe(stops[6])
  }
  expect(signedColor(0, 0, choice)).toBe(stops[3])
  expect(signedColor(Number.NaN, 1, choice)).toBeNull()
})

test.each(choices)('$palette, $theme: negative is redder than positive', (choice) => {
  const red = (color: string | null) => Number.parseInt(color!.slice(1, 3), 16)
  for (const value of [0.2, 0.5, 0.7]) {
    expect(red(signedColor(-value, 1, choice))).toBeGreaterThan(red(signedColor(value, 1, choice)))
  }
})

test('a colour halfway between two stops is halfway in every channel', () => {
  // #f5f6f8 and #a6c9e8, a sixth of the scale apart on each side of 1/3.
  expect(signedColor(1 / 6, 1, { theme: 'light', palette: 'standard' })).toBe('#cee0f0')
})

test.each(themes)('%s: attention runs from the first stop at 0 to the last at 1', (theme) => {
  const choice = { theme, palette: 'standard' } as const
  expect(unitColor(0, choice)).toBe(unitStops(choice)[0])
  expect(unitColor(1, choice)).toBe(unitStops(choice).at(-1))
  expect(unitColor(Number.NaN, choice)).toBeNull()
})

test.each(choices)(
  '$palette, $theme: the ink on every colour is the better of black and white, at least 4.5 : 1',
  (choice) => {
    const contrast = (one: number, other: number) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    for (let step = -50; step <= 50; step++) {
      const ground = relativeLuminance(signedColor(step / 50, 1, choice)!)
      const ink = contrast(relativeLuminance(inkOn(signedColor(step / 50, 1, choice)!)), ground)
      expect(ink).toBeGreaterThanOrEqual(4.5)
      expect(ink).toBe(Math.max(contrast(0, ground), contrast(1, ground)))
    }
  },
)

test.each([
  { values: [0.2, -53, 47], digits: 1, limit: 60 },
  { values: [60, -1], digits: 1, limit: 60 },
  { values: [33.9], digits: 2, limit: 34 },
  { values: [-0.034], digits: 1, limit: 0.04 },
  { values: [0, 0], digits: 1, limit: 1 },
  { values: [], digits: 1, limit: 1 },
  { values: [Number.NaN, 3], digits: 1, limit: 3 },
])('the limit of $values with $digits digits is $limit', ({ values, digits, limit }) => {
  expect(symmetricLimit(values, digits)).toBe(limit)
})

test.each(themes)('pictures and the style sheet have the same %s colours', (theme) => {
  const sheet = readFileSync(join(import.meta.dirname, '../../../src/renderer/theme/tokens.css'), 'utf8')
  const block = theme === 'dark' ? sheet.split("[data-theme='dark']")[1]! : sheet
  for (const [name, color] of Object.entries(tokens[theme]))
    if (typeof color === 'string') expect(variable(block, name), name).toBe(color)
})

function variable(block: string, name: string): string | undefined {
  return new RegExp(`--${name}: (#\\w+);`).exec(block)?.[1]
}

test('a scale has a floor: values that mean nothing get no full colour', () => {
  expect(symmetricLimit([2e-5, -1e-6], 2, 0.1)).toBe(0.1)
  expect(symmetricLimit([0.4], 2, 0.1)).toBe(0.4)
  expect(symmetricLimit([0, NaN], 2, 0.1)).toBe(1)
})
