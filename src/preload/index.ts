import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Bridge, OpenedText, StageDisplay } from '../contract/bridge'
import { channels } from '../contract/channels'

/**
 * What arrives on a channel, for one listener. Listening begins at once, and what comes before the page has said who hears
 * it is kept for it.
 */
function arrivals(channel: string): (listener: (value: unknown) => void) => void {
  const waiting: unknown[] = []
  let hear = (value: unknown): void => {
    waiting.push(value)
  }
  ipcRenderer.on(channel, (_event, value: unknown) => {
    hear(value)
  })
  return (listener) => {
    hear = listener
    for (const value of waiting.splice(0)) listener(value)
  }
}

const onNotice = arrivals(channels.notice)
const onCommand = arrivals(channels.command)
const onOpened = arrivals(channels.opened)

/** All that a window can reach. Each function uses one fixed channel; neither `ipcRenderer` nor its events are handed on. */
const bridge: Bridge = {
  post: (message) => {
    ipcRenderer.send(channels.engine, message)
  },
  onMessage: arrivals(channels.engine),
  onNotice: (listener) => {
    onNotice((sentence) => {
      listener(String(sentence))
    })
  },
  onCommand: (listener) => {
    onCommand((id) => {
      listener(String(id))
    })
  },
  onOpened: (listener) => {
    onOpened((opened) => {
      listener(opened as OpenedText)
    })
  },
  pickSession: () => ipcRenderer.invoke(channels.pickSession) as Promise<void>,
  saveSessionAs: async (json) => (await saved(channels.saveSessionAs, json)) === true,
  openStage: (anyway) => ipcRenderer.invoke(channels.openStage, anyway) as Promise<StageDisplay | null>,
  closeStage: () => ipcRenderer.invoke(channels.closeStage) as Promise<void>,
  pickModel: () => ipcRenderer.invoke(channels.pickModel) as Promise<string | null>,
  pathOf,
  loadSession: () => ipcRenderer.invoke(channels.loadSession) as Promise<string | null>,
  saveSession: async (json) => {
    await saved(channels.saveSession, json)
  },
}

/** Asks main to save. A refusal comes as an answer: Electron would put words of its own before an error's. */
async function saved(channel: string, json: string): Promise<unknown> {
  const answer: unknown = await ipcRenderer.invoke(channel, json)
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}

/** Electron itself tells whether this is a file: `instanceof` could fail between the page's world and this one. */
function pathOf(file: unknown): string {
  try {
    return webUtils.getPathForFile(file as File)
  } catch {
    return ''
  }
}

ipcRenderer.send(channels.hello)
contextBridge.exposeInMainWorld('carryscope', bridge)
