import { availableParallelism } from 'node:os'
import { app } from 'electron'
import type { KnownModels, ModelInfo } from '../contract/contract'
import { failureOf } from '../contract/failure'
import { addsCudaToApp, addsCudaToClone } from '../contract/provider-remedy'
import { afterFirstModel } from '../host/first-model'
import { hostEngine } from '../host/hosted-engine'
import type { TextStore } from '../core/text-store'
import type { Handlers } from '../contract/rpc-server'
import { unwatched } from '../contract/unwatched'
import { poolSize } from '../host/pool-size'
import type { TrainingRuns } from '../host/training-runs'
import { spawnEngine, spawnJob, spawnTrial } from './engine-process'

/** The engine as the window is served it, beginning with the model that the app was started with. */
export interface AppEngine {
  readonly handlers: Handlers
  close(): void
}

/** How long after the first model was opened that is told: it is written to the disk, and the window waits to ask for its sum. */
const tellAfterMs = 1000

/**
 * Starts the engine, opens `path` in it where there is one, and tells of every model that was opened. `kept` holds what
 * execution providers did here.
 */
export function startEngine(
  path: string | null,
  kept: TextStore,
  known: () => KnownModels,
  /** Where evaluations of every sum are kept. */
  folder: string,
  training: TrainingRuns,
  told: { notice: (sentence: string) => void; opened: (model: ModelInfo) => void },
): AppEngine {
  const engine = hostEngine({
    spawn: spawnEngine,
    spawnTrial,
    tell: told.notice,
    poolSize: poolSize(availableParallelism()),
    kept,
    known,
    platform: process.platform,
    addsCuda: app.isPackaged
      ? addsCudaToApp(process.resourcesPath, process.env['APPIMAGE'] !== undefined)
      : addsCudaToClone,
    exhaustive: { spawn: spawnJob, processes: poolSize(availableParallelism()), folder },
    training,
  })
  const { handlers } = engine

  let untold: ModelInfo | null = null
  const tellOfFirst = () => {
    if (untold) told.opened(untold)
    untold = null
  }

  const openModel: Handlers['openModel'] = async (params, context) => {
    const model = await handlers.openModel(params, context)
    tellOfFirst()
    told.opened(model)
    return model
  }

  const first = path === null ? Promise.resolve(null) : handlers.openModel({ source: { path } }, unwatched)
  first.then(
    (model) => {
      untold = model
      setTimeout(tellOfFirst, tellAfterMs)
    },
    (error: unknown) => {
      told.notice(failureOf(error).message)
    },
  )

  return {
    close: () => {
      tellOfFirst()
      engine.close()
    },
    handlers: afterFirstModel({ ...handlers, openModel }, first),
  }
}
