import { methods, type Method, type MethodParams, type MethodResult } from '../contract/contract'
import type { ProviderUse } from '../contract/providers-report'
import { failureOf } from '../contract/failure'
import { RestartingEngine, asOpened, onTheCpu } from './restarting-engine'
import type { EngineProcess, EngineRole } from '../contract/engine-process'
import { Pool } from './pool'
import { cpu } from '../contract/provider-choice'
import type { CallContext, EngineHandlers } from '../contract/rpc-server'
import { unwatched } from '../contract/unwatched'

export interface Supervisor {
  /** To be served to windows and pages; each call goes to the engine process, over whatever transport that has. */
  readonly handlers: EngineHandlers
  /** The live engine's process, for status displays and tests. */
  readonly pid: number | undefined
  /** The processes for analyses, of those that were started. */
  readonly poolPids: readonly number[]
  /** The execution providers that compute now. */
  readonly providers: ProviderUse
  /** Goes on with the open model on other execution providers. Never rejects: one that cannot be had is told of. */
  useProviders(use: ProviderUse): Promise<void>
  close(): void
}

/** Hears of a provider that is no longer used because it failed, with the reason as one sentence. */
export type ProviderFailureListener = (provider: string, sentence: string) => void

/**
 * Stands before the live engine process and `poolSize` more for analyses, so that a keystroke never waits for a sweep (with 0
 * the live one does it all). Any of them may die at any time: then it is started again, the model is reopened, what was lost
 * is asked once more, and `onNotice` gets a sentence for the person if it was the live one. An execution provider that fails,
 * or whose process dies, is left for the CPU in the same way. A model always opens on the CPU.
 */
export function superviseEngine(
  spawn: (role: EngineRole) => EngineProcess,
  onNotice: (sentence: string) => void,
  poolSize = 0,
  onProviderFailure: ProviderFailureListener = () => {},
): Supervisor {
  let opened: MethodParams<'openModel'> | undefined
  let used: ProviderUse = { live: cpu, sweep: cpu }
  let reopening: Promise<unknown> | undefined
  /** While another model is being opened the one before it must not be opened again after it. */
  let opening = 0

  const leave = (use: keyof ProviderUse, sentence: string) => {
    const provider = used[use]
    used = { ...used, [use]: cpu }
    onProviderFailure(provider, sentence)
    onNotice(sentence)
  }
  const pool =
    poolSize > 0
      ? new Pool(
          () => spawn('pool'),
          poolSize,
          (reason) => {
            leave('sweep', `${reason} Sweeps go on on the CPU; nothing you did is lost.`)
          },
        )
      : undefined
  const live = new RestartingEngine(() => spawn('live'), {
    death: (reason) => {
      if (used.live === cpu) onNotice(`The engine stopped (${reason}) and is started again; nothing you did is lost.`)
      else
        leave(
          'live',
          `The engine stopped (${reason}) while it computed on "${used.live}"; it is started again on the CPU, and nothing you did is lost.`,
        )
    },
    lostModel: (sentence) => {
      onNotice(`After its restart the engine could not open the model again: ${sentence}`)
    },
  })

  /** Calls that fail together reopen the model once. */
  const fallBack = async (sentence: string) => {
    if (used.live !== cpu) {
      leave('live', `${sentence} It goes on on the CPU; nothing you did is lost.`)
      reopening = opened && opening === 0 ? live.call('openModel', opened, unwatched) : undefined
    }
    await reopening
  }

  const forward =
    <M extends Method>(method: M) =>
    async (params: MethodParams<M>, context: CallContext): Promise<MethodResult<M>> => {
      try {
        return await live.call(method, params, context)
      } catch (error) {
        const { code, message } = failureOf(error)
        if (code === 'provider-failed') await fallBack(message)
        else if (code !== 'engine-died' || methods[method].priority !== 'live') throw error
        return live.call(method, params, context)
      }
    }

  return {
    handlers: {
      openModel: async (params, context) => {
        const onCpu = onTheCpu(params)
        opening++
        try {
          const model = await forward('openModel')(onCpu, context)
          used = { live: cpu, sweep: cpu }
          opened = asOpened(onCpu, model)
          pool?.open(opened)
          return model
        } finally {
          opening--
        }
      },
      explore: forward('explore'),
      analyze: pool ? (params, context) => pool.analyze(params, context) : forward('analyze'),
      status: forward('status'),
      exportModel: forward('exportModel'),
      listModels: forward('listModels'),
      describeModel: forward('describeModel'),
      analyzeCheckpoints: forward('analyzeCheckpoints'),
      margins: forward('margins'),
      readRun: forward('readRun'),
    },
    get pid() {
      return live.pid
    },
    get poolPids() {
      return pool?.pids ?? []
    },
    get providers() {
      return used
    },
    async useProviders(use) {
      if (!opened || opening > 0) return
      const asked = opened
      if (use.sweep !== used.sweep) {
        used = { ...used, sweep: use.sweep }
        pool?.open({ ...asked, provider: use.sweep })
      }
      if (use.live === used.live) return
      try {
        await live.call('openModel', { ...asked, provider: use.live }, unwatched)
        if (opened === asked) used = { ...used, live: use.live }
      } catch (error) {
        const sentence = `${failureOf(error).message} What was used before goes on.`
        onProviderFailure(use.live, sentence)
        onNotice(sentence)
      }
    },
    close() {
      live.close()
      pool?.close()
    },
  }
}
