// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { placePointer } from '../../src/renderer/charts/zoomed-pointer'

type Placed = MouseEvent & { readonly zrX?: number; readonly zrY?: number }

/** An element whose pixels are `zoom` of the window's, at 100, 40 in it. */
function zoomed(zoom: number): HTMLElement {
  const element = document.createElement('div')
  element.append(document.createElement('canvas'))
  Object.assign(element, {
    currentCSSZoom: zoom,
    getBoundingClientRect: () => new DOMRect(100, 40, 600, 400),
  })
  document.body.append(element)
  return element
}

function send(target: Element, type: string, clientX: number, clientY: number): Placed {
  const event = new MouseEvent(type, { bubbles: true, clientX, clientY })
  target.dispatchEvent(event)
  return event
}

test('in a canvas drawn larger the pointer is placed in its own pixels, and still when a drag leaves it', () => {
  const [chart, other] = [zoomed(2), zoomed(2)]
  const end = placePointer(chart)
  expect(send(chart.firstElementChild!, 'mousemove', 300, 140)).toMatchObject({ zrX: 100, zrY: 50 })
  expect(send(other, 'mousemove', 300, 140).zrX).toBeUndefined()
  send(chart.firstElementChild!, 'mousedown', 300, 140)
  expect(send(document.body, 'mousemove', 0, 40)).toMatchObject({ zrX: -50, zrY: 0 })
  expect(send(document.body, 'mouseup', 0, 40).zrX).toBe(-50)
  expect(send(document.body, 'mousemove', 0, 40).zrX).toBeUndefined()
  end()
  expect(send(chart.firstElementChild!, 'mousemove', 300, 140).zrX).toBeUndefined()
})

test('where nothing is drawn larger, events are left as they are', () => {
  const chart = zoomed(1)
  const end = placePointer(chart)
  expect(send(chart.firstElementChild!, 'mousemove', 300, 140).zrX).toBeUndefined()
  end()
})
