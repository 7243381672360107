import type { RunProgress, RunRecord } from '../../contract/training'
import { layoutText } from '../../core/layout-text'
import { isPublishedLayout } from '../../core/task-layout'
import { durationText } from '../parts/duration-text'

/** How far a run is, as a sentence begins: `finished: 31,500 of 31,500 steps`; of one that does not say how long it is, what there is. */
export function stateText(record: RunRecord, progress: RunProgress | null): string {
  const { steps } = record
  const last = record.checkpoints.at(-1)?.step ?? 0
  const state = progress?.state ?? 'idle'
  const of = (step: number) => `${step.toLocaleString('en')} of ${steps.toLocaleString('en')} steps`
  if (state === 'running') {
    const left = progress?.secondsLeft ?? null
    return `${of(progress!.step)}${left === null ? '' : `, ${durationText(left)} left`}`
  }
  if (!record.plan && record.reports.length === 0) return `checkpoints up to step ${last.toLocaleString('en')}`
  if (last >= steps) return `finished: ${of(last)}`
  return `${{ paused: 'paused', stopped: 'stopped', failed: 'failed', finished: 'finished', idle: 'stopped' }[state]} at ${of(last)}`
}

/** What it is, after how far it is: `, seed 0, 15 min; batch 512, half of each batch hard`. */
export function runText({ plan, seconds, config }: RunRecord): string {
  const time = seconds > 0 ? `, ${durationText(seconds)}` : ''
  const layout = isPublishedLayout(config.layout) ? '' : `; ${layoutText(config.layout)}`
  if (!plan) return `${time}${layout}`
  const { seed, batchSize, learningRate, hardShare } = plan
  const hard =
    hardShare === null ? 'the same sums in every epoch' : `${Math.round(hardShare * 100)} % of each batch hard`
  return `, seed ${seed}${time}; batch ${batchSize}, rate ${learningRate}, ${hard}${layout}`
}
