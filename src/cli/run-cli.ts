import { Command, CommanderError } from 'commander'
import { analyses } from '../analyses/registry'
import { BadInput } from '../core/bad-input'
import { oneSentence } from '../core/one-sentence'
import { failureOf } from '../contract/failure'
import type { AddCommand, CommandContext } from './command'
import { commandMeant } from './everyday-words'
import { unforeseen } from './exits'
import { nearest } from './option-values'
import { refuseExcessWords, strictOptions } from './strict-options'

/** Runs one command line (without the program's own name) and returns the exit code: 0, 2 for bad input, 1 for any other failure. */
export async function runCli(args: readonly string[], context: CommandContext): Promise<number> {
  try {
    await programOf(context, await commandsFor(args)).parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const { code, message } = failureOf(error instanceof CommanderError ? misunderstood(error) : error)
    context.terminal.err(`${code === 'internal' ? unforeseen(error) : oneSentence(message)}\n`)
    return code === 'bad-input' ? 2 : 1
  }
}

/** All of them; `serve` alone where it is asked for, so that no window waits while the engine's libraries load in this process too. */
async function commandsFor([name]: readonly string[]): Promise<readonly AddCommand[]> {
  if (name === 'serve') return [(await import('./serve/serve')).addServe]
  return (await import('./commands')).commands
}

function programOf(context: CommandContext, commands: readonly AddCommand[]): Command {
  const program = new Command('carryscope')
    .description(
      'Looks inside a transformer that adds: interventions, attribution and carry statistics, without a window.',
    )
    .version(context.installation.version, '-V, --version', 'prints the version')
    .helpCommand(true)
    .exitOverride()
    .configureOutput({ writeOut: (text) => context.terminal.out(text), writeErr: () => {} })
    .argument('[command]')
    // What follows a word that is no command is not looked at: the word is what is to be told of.
    .allowExcessArguments()
    .allowUnknownOption()
    .action((name: string | undefined) => {
      throw new BadInput(name === undefined ? noCommand : unknownCommand(name, program))
    })
    .hook('preAction', (_, command) => {
      if (command !== program) refuseExcessWords(command)
    })
  for (const addTo of commands) addTo(program, context)
  for (const command of program.commands) strictOptions(command)
  return program
}

const noCommand = 'A command is wanted, such as "carryscope analyze performance"; see "carryscope --help".'

function unknownCommand(name: string, program: Command): string {
  const kind = name.startsWith('-') ? 'option' : 'command'
  const names = program.commands.map((command) => command.name())
  const close = kind === 'command' ? nearest(name, names) : null
  const hint =
    (/^\d+\+\d+$/.test(name) && `analyze predictions --sum ${name}`) ||
    (analyses.some(({ id }) => id === name) && `analyze ${name}`) ||
    close ||
    commandMeant(name)
  if (!hint) return `There is no ${kind} "${name}": there are ${names.join(', ')} (see "carryscope --help").`
  const words = hint === close ? `the nearest is "${hint}"` : `you may want "carryscope ${hint}"`
  return `There is no ${kind} "${name}"; ${words} (see "carryscope --help").`
}

/** Commander's own complaint as one sentence. */
function misunderstood(error: CommanderError): BadInput {
  const [reason = '', hint = ''] = error.message.replace(/^error: /, '').split('\n')
  const [what, help] = [reason.replaceAll("'", '"').replace(/\.$/, ''), hint.replace('(Did', ' (did')]
  return new BadInput(`The command line was not understood: ${what}${help}; see --help.`)
}
