import { homedir } from 'node:os'
import { join } from 'node:path'
import { forkEngine } from '../../engine/fork'
import { bundledModels } from '../../files/bundled-models'
import { freeFolder } from '../../files/free-folder'
import { keptText } from '../../files/kept-text'
import { RecentFiles } from '../../files/recent-files'
import { TrainingRuns } from '../../host/training-runs'
import type { Installation } from '../installation'
import { begunRunsPath } from './state-folder'

/** The trainings of a server, which go on whatever becomes of the pages that began them. */
export function servedTraining({
  trainerEntry,
  modelsFolder,
}: Pick<Installation, 'trainerEntry' | 'modelsFolder'>): TrainingRuns {
  return new TrainingRuns({
    spawn: () => forkEngine(trainerEntry, { role: 'pool', background: true }),
    begun: new RecentFiles(keptText(begunRunsPath())),
    bundled: () => bundledModels(modelsFolder),
    place: () => freeFolder(join(homedir(), 'carryscope-runs')),
  })
}
