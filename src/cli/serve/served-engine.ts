import { availableParallelism } from 'node:os'
import type { TaskLayout } from '../../core/task-layout'
import type { Handlers } from '../../contract/rpc-server'
import { unwatched } from '../../contract/unwatched'
import { addsCudaToClone } from '../../contract/provider-remedy'
import { forkEngine } from '../../engine/fork'
import { bundledModels } from '../../files/bundled-models'
import { keptText } from '../../files/kept-text'
import { RecentFiles } from '../../files/recent-files'
import { afterFirstModel } from '../../host/first-model'
import { hostEngine } from '../../host/hosted-engine'
import { poolSize } from '../../host/pool-size'
import type { TrainingRuns } from '../../host/training-runs'
import type { Installation } from '../installation'
import type { PageEngine } from './page-engines'
import { evaluationsFolder, providersPath, recentPath } from './state-folder'

/** What the engines of a server have in common. */
export interface ServedEngineOptions {
  readonly installation: Pick<Installation, 'engineEntry' | 'trialEntry' | 'jobEntry' | 'modelsFolder'>
  /** The model that a fresh page begins with, null for none. */
  readonly path: string | null
  /** How its sums are written, where that was said. */
  readonly layout: TaskLayout | undefined
  readonly provider: string | undefined
  /** The trainings of all pages. */
  readonly training: TrainingRuns
}

/** A page's engine, and when its first model is open. */
export interface ServedEngine extends PageEngine {
  readonly opening: Promise<unknown>
}

/** Starts an engine for a page, with the server's own model if the page is a fresh one. */
export function servedEngine(
  { installation, path, layout, provider, training }: ServedEngineOptions,
  tell: (sentence: string) => void,
  fresh: boolean,
): ServedEngine {
  const recent = new RecentFiles(keptText(recentPath()))
  const engine = hostEngine({
    spawn: (role) => forkEngine(installation.engineEntry, { role }),
    spawnTrial: () => forkEngine(installation.trialEntry, { quiet: true }),
    tell,
    poolSize: poolSize(availableParallelism()),
    kept: keptText(providersPath()),
    known: () => ({ recent: recent.paths, bundled: bundledModels(installation.modelsFolder) }),
    platform: process.platform,
    addsCuda: addsCudaToClone,
    exhaustive: {
      spawn: () => forkEngine(installation.jobEntry, { role: 'pool', background: true }),
      processes: poolSize(availableParallelism()),
      folder: evaluationsFolder(),
    },
    training,
    ...(provider !== undefined && { provider }),
  })
  const openModel: Handlers['openModel'] = async (params, context) => {
    const model = await engine.handlers.openModel(params, context)
    if (model.path !== null) recent.add(model.path)
    return model
  }
  const asked = fresh && path !== null ? { source: { path }, ...(layout && { layout }) } : null
  const opening = asked ? openModel(asked, unwatched) : Promise.resolve()
  // A provider that was asked for by name is tried at once, so that it is told where it cannot compute.
  if (asked && provider !== undefined) opening.then(() => engine.handlers.providers({}, unwatched)).catch(() => {})
  return {
    opening,
    handlers: afterFirstModel({ ...engine.handlers, openModel }, opening),
    close: () => {
      engine.close()
    },
  }
}
