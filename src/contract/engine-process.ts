import type { Port } from './port'

/** A freshly started process that serves the engine. Its port closes, with a reason, when it has ended. */
export interface EngineProcess {
  readonly port: Port
  readonly pid: number | undefined
  /** Ends it at once. */
  kill(): void
}

/** What a process is for: keystrokes, or analyses at lowered priority. */
export type EngineRole = 'live' | 'pool'
