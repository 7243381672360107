/**
 * How long a test waits for what must come: by the hour of a busy machine, so that only what never comes fails.
 * What waits is told here once; the waits that the test runner itself offers have a second by default.
 */
import { vi } from 'vitest'

/** Milliseconds until a wait is given up. */
export const patience = 30_000

/** Waits until `check` no longer throws, and gives what it gave; fails with what it last threw. */
export const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: patience })

if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/svelte')
  configure({ asyncUtilTimeout: patience })
}
