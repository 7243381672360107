import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { watchExits } from './exits'
import { runCli } from './run-cli'
import { processTerminal } from './terminal'

// The built entry lies in out/main, beside the other processes'.
const here = import.meta.dirname
const { version } = JSON.parse(readFileSync(join(here, '../../package.json'), 'utf8')) as { version: string }
const installation = {
  version,
  commandEntry: import.meta.filename,
  engineEntry: join(here, 'engine.js'),
  trialEntry: join(here, 'trial.js'),
  evaluatorEntry: join(here, 'evaluator.js'),
  jobEntry: join(here, 'job.js'),
  trainerEntry: join(here, 'trainer.js'),
  pageFolder: join(here, '../renderer'),
  peersFolder: join(here, '../../test/peers'),
  modelsFolder: join(here, '../../models'),
}

watchExits()
void runCli(process.argv.slice(2), { terminal: processTerminal, installation }).then((code) => {
  process.exitCode = code
})
