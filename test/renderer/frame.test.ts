// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest'
import { Frame } from '../../src/renderer/charts/frame.svelte'
import { inTurn } from '../../src/renderer/parts/in-turn'
import { until } from '../support/patience'

/** Tells every observer of a size. */
let resize: (width: number, height: number) => void
beforeEach(() => {
  const told: ResizeObserverCallback[] = []
  resize = (width, height) =>
    told.forEach((tell) => tell([{ contentRect: { width, height } } as ResizeObserverEntry], null as never))
  globalThis.ResizeObserver = class {
    constructor(tell: ResizeObserverCallback) {
      told.push(tell)
    }
    observe = () => undefined
    unobserve = () => undefined
    disconnect = () => undefined
  }
})

test('frames that are measured at once are known at once, unless each is to have a task of its own', async () => {
  const [together, apart, other] = [new Frame(), new Frame(true), new Frame(true)]
  for (const frame of [together, apart, other]) frame.measure(document.createElement('div'))
  resize(300, 200)
  expect(together.size).toEqual({ width: 300, height: 200 })
  expect(apart.size.width).toBe(0)
  resize(310, 200)
  const seen: number[][] = []
  const widths = () => [apart, other].map(({ size }) => size.width)
  inTurn(() => seen.push(widths()))
  await until(() => expect(seen).toEqual([[310, 310]]))
  resize(320, 200)
  expect(widths()).toEqual([320, 320])
})

test('a frame whose place is gone before its turn tells nothing', async () => {
  const frame = new Frame(true)
  const leave = frame.measure(document.createElement('div'))
  resize(300, 200)
  leave()
  let after: number | null = null
  inTurn(() => (after = frame.size.width))
  await until(() => expect(after).toBe(0))
})
