import type { EventEmitter } from 'node:events'
import type { Rectangle } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { schemePage } from '../../src/main/page'
import { openWindow } from '../../src/main/window'

interface Made extends EventEmitter {
  bounds: Rectangle
}

const electron = vi.hoisted(() => ({
  displays: [] as { id: number; bounds: Rectangle; workArea: Rectangle }[],
  screen: undefined as unknown as EventEmitter,
  made: [] as unknown[],
}))

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events')
  class Window extends Emitter {
    webContents = Object.assign(new Emitter(), { setWindowOpenHandler: () => undefined })
    bounds: Rectangle
    constructor({ x = 0, y = 0, width = 0, height = 0 }: Partial<Rectangle>) {
      super()
      this.bounds = { x, y, width, height }
      electron.made.push(this)
    }
    getBounds() {
      return this.bounds
    }
    setBounds(bounds: Rectangle) {
      this.bounds = bounds
    }
    isMaximized = () => false
    isFullScreen = () => false
    loadURL = () => Promise.resolve()
  }
  electron.screen = Object.assign(new Emitter(), {
    getAllDisplays: () => electron.displays,
    getPrimaryDisplay: () => electron.displays[0],
  })
  return { BrowserWindow: Window, screen: electron.screen, nativeTheme: new Emitter(), shell: {} }
})

const display = (id: number, x: number) => {
  const bounds = { x, y: 0, width: 1920, height: 1080 }
  return { id, bounds, workArea: bounds }
}

let kept: string | null = null
beforeEach(() => {
  electron.displays = [display(1, 0), display(2, 1920)]
  kept = JSON.stringify({ bounds: { x: 2100, y: 60, width: 1440, height: 900 }, maximized: false })
})

function open(): Made {
  openWindow(schemePage(), { read: () => kept, write: (text) => (kept = text) })
  return electron.made.at(-1) as Made
}

test.each(['display-removed', 'display-metrics-changed'])(
  'a window whose display is lost while it is open (%s) is brought to the first, and is left there',
  (event) => {
    const window = open()
    expect(window.bounds).toEqual({ x: 2100, y: 60, width: 1440, height: 900 })
    electron.screen.emit(event)
    expect(window.bounds.x).toBe(2100)
    electron.displays = [display(1, 0)]
    electron.screen.emit(event)
    expect(window.bounds).toEqual({ x: 240, y: 90, width: 1440, height: 900 })
    window.emit('close', {})
    expect(JSON.parse(kept ?? '')).toEqual({ bounds: window.bounds, maximized: false })
  },
)

test('a window that is closed hears of displays no more', () => {
  const before = electron.screen.listenerCount('display-removed')
  open().emit('close', {})
  expect(electron.screen.listenerCount('display-removed')).toBe(before)
})
