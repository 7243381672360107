import { publishedLayout } from '../../src/core/task-layout'
import type { EngineStatus, ExploreResult, ModelInfo } from '../../src/contract/contract'
import type { CellMargins } from '../../src/contract/exhaustive'
import type { EngineProcess } from '../../src/contract/engine-process'
import { serveEngine, type EngineHandlers } from '../../src/contract/rpc-server'
import { channelPorts } from './channel-ports'

/** What of an opened model the host looks at. */
export const fakeOpened = { name: 'model', sha256: 'a'.repeat(64), config: { layout: publishedLayout(4) } } as ModelInfo

/** Engine processes that live in this one. */
export interface FakeProcesses {
  readonly spawn: () => EngineProcess
  /** What was called in which process, in order: `explore in 2`. Processes are counted from 1. */
  readonly calls: readonly string[]
  /** How many were started. */
  readonly started: () => number
}

/** `handlersOf` tells what the n-th process does, beside answering everything with its own number; `die` ends it. */
export function fakeProcesses(
  handlersOf: (generation: number, die: () => void) => Partial<EngineHandlers> = () => ({}),
): FakeProcesses {
  const calls: string[] = []
  let generation = 0
  const spawn = (): EngineProcess => {
    const { near, far, cut } = channelPorts()
    const mine = ++generation
    const defaults: EngineHandlers = {
      openModel: async () => fakeOpened,
      explore: async () => ({ engineMs: mine }) as ExploreResult,
      analyze: async () => ({ n: mine }),
      status: async () => ({ pid: mine }) as EngineStatus,
      listModels: () => Promise.resolve({ folder: '/models', paths: [], more: 0 }),
      describeModel: () => Promise.reject(new Error('There is no model.')),
      analyzeCheckpoints: async () => ({ checkpoints: [], result: { n: mine } }),
      exportModel: async ({ format }) => ({ name: `model.${format}`, bytes: Uint8Array.of(mine) }),
      margins: async () => ({ side: mine }) as CellMargins,
      readRun: () => Promise.reject(new Error('There is no run.')),
    }
    const handlers = { ...defaults, ...handlersOf(mine, cut) }
    const noted = <M extends keyof EngineHandlers>(method: M) =>
      ((params: never, context: never) => {
        calls.push(`${method} in ${mine}`)
        return (handlers[method] as (...args: never[]) => unknown)(params, context)
      }) as EngineHandlers[M]
    serveEngine(far, {
      openModel: noted('openModel'),
      explore: noted('explore'),
      analyze: noted('analyze'),
      status: noted('status'),
      exportModel: noted('exportModel'),
      margins: noted('margins'),
    })
    return { port: near, pid: mine, kill: cut }
  }
  return { spawn, calls, started: () => generation }
}
