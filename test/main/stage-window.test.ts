import type { BrowserWindow } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { schemePage } from '../../src/main/page'
import { stagePlace } from '../../src/main/stage-display'
import { StageWindow } from '../../src/main/stage-window'

interface Made {
  readonly options: {
    x: number
    width: number
    frame: boolean
    fullscreen: boolean
    webPreferences: { sandbox: boolean; backgroundThrottling: boolean }
  }
  readonly urls: string[]
  closed: boolean
}

const electron = vi.hoisted(() => ({
  made: [] as Made[],
  displays: [] as unknown[],
  emit: (_: string) => {},
  forget: () => {},
}))

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events')
  class Window extends Emitter {
    webContents = Object.assign(new Emitter(), { setWindowOpenHandler: () => undefined })
    made: Made
    constructor(options: Made['options']) {
      super()
      electron.made.push((this.made = { options, urls: [], closed: false }))
    }
    loadURL(url: string) {
      this.made.urls.push(url)
      return Promise.resolve()
    }
    close() {
      this.made.closed = true
      this.emit('closed')
    }
  }
  const screen = Object.assign(new Emitter(), { getAllDisplays: () => electron.displays })
  electron.emit = (event) => screen.emit(event)
  electron.forget = () => screen.removeAllListeners()
  return { BrowserWindow: Window, screen, nativeTheme: new Emitter(), shell: {} }
})

const display = (id: number, x: number) => ({ id, bounds: { x, y: 0, width: 1920, height: 1080 } })
const speaker = {
  getBounds: () => ({ x: 100, y: 50, width: 1440, height: 900 }),
  isDestroyed: () => false,
} as unknown as BrowserWindow

beforeEach(() => {
  electron.made.length = 0
  electron.forget()
  electron.displays = [display(1, 0), display(2, 1920)]
})

function stage() {
  const notices: string[] = []
  const served = vi.fn()
  return { notices, served, stage: new StageWindow(schemePage(), served, (sentence) => notices.push(sentence)) }
}

test('the Stage fills the display that the speaker’s window is not on, hardened as every window is', () => {
  const { stage: window, served } = stage()
  expect(window.open(speaker, false)).toEqual({ number: 2, width: 1920, height: 1080 })
  const [made] = electron.made
  expect(made!.options).toMatchObject({
    x: 1920,
    width: 1920,
    frame: false,
    fullscreen: true,
    webPreferences: { sandbox: true, backgroundThrottling: false },
  })
  expect(made!.urls).toEqual(['app://carryscope/index.html#stage'])
  expect(served).toHaveBeenCalledOnce()
})

test('with one display there is no window for it, unless that is asked for', () => {
  electron.displays = [display(1, 0)]
  const { stage: window } = stage()
  expect(window.open(speaker, false)).toBeNull()
  expect(electron.made).toEqual([])
  expect(window.open(speaker, true)).toEqual({ number: null, width: 1920, height: 1080 })
  expect(electron.made[0]!.options).toMatchObject({ frame: true, fullscreen: false, width: 960 })
})

test('when the projector is unplugged the Stage goes on in a window, one line says so, and it comes back with it', () => {
  const { stage: window, notices } = stage()
  window.open(speaker, false)
  electron.displays = [display(1, 0)]
  electron.emit('display-removed')
  expect(electron.made.map(({ closed }) => closed)).toEqual([true, false])
  expect(electron.made[1]!.options).toMatchObject({ frame: true, fullscreen: false })
  expect(notices).toEqual(['The projector is gone: the Stage goes on in a window.'])
  electron.displays = [display(1, 0), display(3, 1920)]
  electron.emit('display-added')
  expect(electron.made.at(-1)!.options).toMatchObject({ x: 1920, fullscreen: true })
  expect(notices).toHaveLength(1)
})

test('a display that comes or goes means nothing where no talk is given, or it is another', () => {
  const { stage: window, notices } = stage()
  electron.emit('display-removed')
  window.open(speaker, false)
  electron.displays = [display(1, 0), display(2, 1920), display(3, 3840)]
  electron.emit('display-added')
  window.close()
  electron.displays = [display(1, 0)]
  electron.emit('display-removed')
  expect(electron.made).toHaveLength(1)
  expect(notices).toEqual([])
})

test('without any display there is no place', () => {
  expect(stagePlace([], { x: 0, y: 0, width: 1, height: 1 })).toBeNull()
})
