import { defineConfig } from '@playwright/test'
import type { CarryscopeOptions } from './test/support/carryscope'

// The same specs run against the desktop app and against the page that `serve` hosts.
export default defineConfig<CarryscopeOptions>({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  forbidOnly: true,
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  projects: [
    { name: 'desktop', use: { host: 'desktop' }, testIgnore: '**/served-*' },
    { name: 'served', use: { host: 'served' }, testIgnore: '**/desktop-*' },
  ],
})
