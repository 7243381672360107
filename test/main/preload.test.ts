import { expect, test, vi } from 'vitest'
import type { Bridge } from '../../src/contract/bridge'
import { channels } from '../../src/contract/channels'

const electron = vi.hoisted((): { asked: unknown[][]; answer: string | null; bridge: unknown } => ({
  asked: [],
  answer: null,
  bridge: null,
}))

vi.mock('electron', () => ({
  ipcRenderer: {
    on: () => undefined,
    send: () => undefined,
    invoke: async (...asked: unknown[]) => {
      electron.asked.push(asked)
      return electron.answer
    },
  },
  contextBridge: { exposeInMainWorld: (_: string, bridge: unknown) => (electron.bridge = bridge) },
  webUtils: {},
}))
await import('../../src/preload')
const { bridge } = electron as { bridge: Bridge }

test('a session is with main when the task that saves it ends, for a page that is left has no other', async () => {
  const saved = bridge.saveSession('{}')
  expect(electron.asked).toEqual([[channels.saveSession, '{}']])
  await expect(saved).resolves.toBeUndefined()
})

test('why a session could not be saved is told in the words of main', async () => {
  electron.answer = 'The disk is full.'
  await expect(bridge.saveSession('{}')).rejects.toThrow(/^The disk is full\.$/)
})
