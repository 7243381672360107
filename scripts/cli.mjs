// `npm run -s cli -- …`: the command line, built first where that is needed.
import { bootstrap, main } from './bootstrap.mjs'
import { run } from './run.mjs'
import { root } from './tool.mjs'

await main(async () => {
  await bootstrap()
  return run(process.execPath, [`${root}/out/main/cli.js`, ...process.argv.slice(2)])
})
