// `npm run -s cli -- …`: the command line, built first where that is needed.
import { bootstrap, main } from './bootstrap.mjs'
import { cliCommand } from './cli-command.mjs'
import { run } from './run.mjs'

await main(async () => {
  await bootstrap()
  return run(process.execPath, cliCommand(process.argv.slice(2)))
})
