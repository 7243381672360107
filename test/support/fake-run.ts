import type { RunRecord } from '../../src/contract/training'
import { fakeModel } from './fake-engine'

/** A run with checkpoints at these steps, the last of which it was to have, and without a log: a page of tests draws no charts. */
export function fakeRun(steps: readonly number[] = [0, 100, 200, 400]): RunRecord {
  const { config } = fakeModel()
  return {
    path: '/runs/run-1',
    name: 'run-1',
    config,
    plan: { preset: 'bundled', seed: 0, batchSize: 512, learningRate: 0.002, hardShare: 0.5 },
    steps: steps.at(-1)!,
    seconds: 60,
    reports: [],
    modelStep: steps.at(-1)!,
    checkpoints: steps.map((step) => ({ step, path: `/runs/run-1/checkpoints/step-${step}`, stamp: '1' })),
    remark: 'There is no log.jsonl beside the checkpoints, so there are no curves.',
  }
}
