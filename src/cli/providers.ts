import { availableParallelism } from 'node:os'
import { forkEngine } from '../engine/fork'
import { loadModel } from '../engine/load-model'
import { deviceName } from '../engine/machine'
import { poolSize } from '../host/pool-size'
import { chooseProviders, succeeded } from '../contract/provider-choice'
import { addsCudaToClone, remedyFor } from '../contract/provider-remedy'
import { tryProviders } from '../host/provider-trials'
import type { Trial } from '../contract/trial'
import type { AddCommand } from './command'
import { modelText } from '../report/subject-text'
import { jsonOption, writeJson } from './json-output'
import { modelOption, modelPathOrNull } from './model-option'
import { aligned } from './text-table'

interface Options {
  readonly model?: string
  readonly json?: string
}

/** `carryscope providers`: every execution provider there is, tried, checked against the CPU and timed. */
export const addProviders: AddCommand = (program, { terminal, installation }) => {
  program
    .command('providers')
    .description('tries the execution providers of this machine, checks them against the CPU and times them')
    .option(...modelOption)
    .option(...jsonOption)
    .action(async (options: Options) => {
      const path = modelPathOrNull(options.model, installation)
      // A model that does not open is refused here, not by each provider in turn.
      const model = path === null ? null : (await loadModel({ source: { path } })).info
      const spawn = () => forkEngine(installation.trialEntry, { quiet: true })
      const trials = await tryProviders(spawn, { platform: process.platform, path })
      const choice = chooseProviders(trials, { cpuProcesses: poolSize(availableParallelism()) })
      const device = deviceName()
      if (options.json !== undefined) await writeJson({ device, trials, choice }, options.json, terminal)
      else terminal.out((model ? `Tried with ${modelText(model)}.\n` : '') + report(device, trials, choice))
    })
}

function report(
  device: string,
  trials: readonly Trial[],
  { live, sweep, notices }: ReturnType<typeof chooseProviders>,
): string {
  const measured = trials.filter(succeeded)
  const rows = measured.map(({ provider, maxDifference, liveMs, sumsPerSecond }) => [
    provider,
    liveMs.toFixed(2),
    sumsPerSecond.toFixed(0),
    maxDifference.toExponential(1),
  ])
  return [
    `Processor: ${device}`,
    aligned([['provider', 'ms for one sum', 'sums per second', 'max logit difference'], ...rows]),
    `One sum at a time runs on ${live}, sweeps on ${sweep}.`,
    ...notices,
    ...trials.flatMap(remedyText),
  ]
    .join('\n')
    .concat('\n')
}

/** What a provider that could not be tried needs, as a sentence; nothing for others. */
function remedyText(trial: Trial): string[] {
  if (succeeded(trial)) return []
  const remedy = remedyFor(trial.provider, trial.failure, { platform: process.platform, addsCuda: addsCudaToClone })
  if (!remedy) return []
  return [`"${trial.provider}" needs ${remedy.needs}${remedy.command === null ? '.' : `: ${remedy.command}`}`]
}
