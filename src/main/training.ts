import { join } from 'node:path'
import { dialog, type BrowserWindow } from 'electron'
import { bundledModels } from '../files/bundled-models'
import { freeFolder } from '../files/free-folder'
import { keptText } from '../files/kept-text'
import { RecentFiles } from '../files/recent-files'
import { TrainingRuns } from '../host/training-runs'
import { spawnTrainer } from './engine-process'

/** Where the app keeps what it trains, and what came with it. */
interface Places {
  /** The list of folders of runs. */
  readonly list: string
  readonly documents: string
  readonly models: string
}

/** The trainings of the app. */
export function appTraining({ list, documents, models }: Places): TrainingRuns {
  return new TrainingRuns({
    spawn: spawnTrainer,
    begun: new RecentFiles(keptText(list)),
    bundled: () => bundledModels(models),
    place: () => freeFolder(join(documents, 'carryscope-runs')),
  })
}

const answers = ['Keep training', 'Pause it', 'Cancel'] as const

/**
 * Asks once, as the window is closed, what is to become of a training: whether it goes on without a window until it is done, which
 * another start of the app shows, or stops where it can be resumed. Closing waits for the answer.
 */
export function askBeforeClosing(window: BrowserWindow, training: TrainingRuns): void {
  let answer: 'none' | 'awaited' | 'given' = 'none'
  window.on('close', (event) => {
    const [run] = training.running
    if (!run || answer === 'given') return
    event.preventDefault()
    if (answer === 'awaited') return
    answer = 'awaited'
    const { step, steps, path } = run
    const asked = dialog.showMessageBox(window, {
      type: 'question',
      message: 'A training goes on.',
      detail: `"${path}" is at step ${step.toLocaleString('en')} of ${steps.toLocaleString('en')}. It can go on without a window, and is found again when Carryscope is started; or it pauses, and goes on from its last checkpoint when you resume it.`,
      buttons: [...answers],
      defaultId: 0,
      cancelId: 2,
    })
    void asked.then(async ({ response }) => {
      answer = answers[response] === 'Cancel' ? 'none' : 'given'
      if (answer === 'none') return
      if (answers[response] === 'Pause it') await training.pauseAll()
      window.close()
    })
  })
}
