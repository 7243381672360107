import { Command, CommanderError } from 'commander'
import { closest } from 'fastest-levenshtein'
import { BadInput } from '../core/bad-input'
import { failureOf } from '../contract/failure'
import type { CommandContext } from './command'
import { commands } from './commands'

/** Runs one command line (without the program's own name) and returns the exit code: 0, 2 for bad input, 1 for any other failure. */
export async function runCli(args: readonly string[], context: CommandContext): Promise<number> {
  try {
    await programOf(context).parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const { code, message } = failureOf(error instanceof CommanderError ? misunderstood(error) : error)
    context.terminal.err(`${message}\n`)
    return code === 'bad-input' ? 2 : 1
  }
}

function programOf(context: CommandContext): Command {
  const program = new Command('carryscope')
    .description(
      'Looks inside a transformer that adds: interventions, attribution and carry statistics, without a window.',
    )
    .exitOverride()
    .configureOutput({ writeOut: (text) => context.terminal.out(text), writeErr: () => {} })
    .argument('[command]')
    .allowExcessArguments()
    .action((name: string | undefined) => {
      throw new BadInput(name === undefined ? noCommand : unknownCommand(name, program))
    })
  for (const addTo of commands) addTo(program, context)
  return program
}

const noCommand = 'A command is wanted, such as "carryscope analyze performance"; see "carryscope --help".'

function unknownCommand(name: string, program: Command): string {
  const names = program.commands.map((command) => command.name())
  return `There is no command "${name}"; the nearest is "${closest(name, names)}" (see "carryscope --help").`
}

/** Commander's own complaint as one sentence. */
function misunderstood(error: CommanderError): BadInput {
  const [reason = '', hint = ''] = error.message.replace(/^error: /, '').split('\n')
  const [what, help] = [reason.replaceAll("'", '"').replace(/\.$/, ''), hint.replace('(Did', ' (did')]
  return new BadInput(`The command line was not understood: ${what}${help}; see --help.`)
}
