import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/soak/*.soak.ts'], pool: 'forks', reporters: ['default'], disableConsoleIntercept: true },
})
