// `npm run soak`: what a hostile or an unlucky machine does, many times over, from one seed. Some minutes; ends in a table.
import { bootstrap, main } from './bootstrap.mjs'
import { tool } from './tool.mjs'

await main(async () => {
  await bootstrap()
  return tool('vitest', ['run', '--config', 'vitest.soak.config.ts', ...process.argv.slice(2)])
})
