import type { Command } from 'commander'
import type { Installation } from './installation'
import type { Terminal } from './terminal'

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal
  readonly installation: Installation
}

/** Adds one command, with its options and its action, to the program. */
export type AddCommand = (program: Command, context: CommandContext) => void
