import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import { expect, test, vi } from 'vitest'
import type { Asked } from '../../src/main/asked'
import { HandedOver, ownArguments } from '../../src/main/handed-over'

function handedOver() {
  const app = new EventEmitter()
  const handed = new HandedOver(app as unknown as App)
  const heard: Asked[] = []
  const event = { preventDefault: vi.fn() }
  return { app, heard, event, hear: () => handed.hear((asked) => heard.push(asked)) }
}

test('files and links that come before the app is ready are opened when it is', () => {
  const { app, heard, event, hear } = handedOver()
  app.emit('open-file', event, '/models/a.pt')
  app.emit('open-url', event, 'carryscope:1?sum=1+2')
  expect(event.preventDefault).toHaveBeenCalledTimes(2)
  hear()
  app.emit('open-file', event, '/talk.carryscope.json')
  expect(heard).toEqual([
    { model: '/models/a.pt', text: null },
    { model: null, text: 'carryscope:1?sum=1+2' },
    { model: null, text: '/talk.carryscope.json' },
  ])
})

test('a second start is read from what it says of itself, where it was typed', () => {
  const { app, heard, hear } = handedOver()
  hear()
  app.emit('second-instance', {}, ['exe', '--some-switch', 'wrong.pt'], '/here', { args: ['mine.pt'] })
  expect(heard).toEqual([{ model: '/here/mine.pt', text: null }])
})

test.each([undefined, null, 3, {}, { args: 'a.pt' }, { args: [1] }])(
  'a second start that says %j is read by its arguments',
  (data) => {
    const { app, heard, hear } = handedOver()
    hear()
    app.emit('second-instance', {}, ['exe', 'a.pt'], '/here', data)
    expect(heard).toEqual([{ model: '/here/a.pt', text: null }])
  },
)

test('what a start says of itself is its arguments', () => {
  expect(ownArguments()).toEqual({ args: process.argv.slice(1) })
})
