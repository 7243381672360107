import { join } from 'node:path'
import { runCli } from './run-cli'
import { processTerminal } from './terminal'

// The built entry lies in out/main, beside the other processes'.
const here = import.meta.dirname
const installation = {
  engineEntry: join(here, 'engine.js'),
  trialEntry: join(here, 'trial.js'),
  evaluatorEntry: join(here, 'evaluator.js'),
  pageFolder: join(here, '../renderer'),
  peersFolder: join(here, '../../test/peers'),
  modelsFolder: join(here, '../../models'),
}

void runCli(process.argv.slice(2), { terminal: processTerminal, installation }).then((code) => {
  process.exitCode = code
})
