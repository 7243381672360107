import type { Command, Option } from 'commander'
import { BadInput } from '../core/bad-input'
import { collect } from './option-values'

/** Makes a command refuse values that are empty or look like a forgotten one, and options that are given twice. */
export function strictOptions(command: Command): void {
  for (const option of command.options) {
    if (!option.required && !option.optional) continue
    const read = option.parseArg as ((text: string, before: unknown) => unknown) | undefined
    let given = false
    option.argParser((text: string, before: unknown) => {
      checkValue(option, text)
      if (given && read !== collect)
        throw new BadInput(`The option ${option.long} was given twice: give it once, since only one value counts.`)
      given = true
      return read ? read(text, before) : text
    })
  }
}

function checkValue({ long }: Option, text: string): void {
  if (text.trim() === '')
    throw new BadInput(`The option ${long} has an empty value: write what it is to be, or leave it out.`)
  if (text.startsWith('--'))
    throw new BadInput(`The option ${long} has no value, for "${text}" follows: write one, or leave ${long} out.`)
}

/** Throws BadInput where words stand on the line that the command has no use for, or an empty one. */
export function refuseExcessWords(command: Command): void {
  const { args, registeredArguments, options } = command
  if (args.some((word) => word.trim() === ''))
    throw new BadInput(`A word after "${command.name()}" is empty: write what it is to be, or leave it out.`)
  if (registeredArguments.some(({ variadic }) => variadic)) return
  const excess = args[registeredArguments.length]
  if (excess === undefined) return
  const option = options.find(({ long }) => long === `--${excess}`)
  throw new BadInput(
    `"${excess}" is a word too many after "${command.name()}": ${option ? `write --${excess} if you mean the option` : 'leave it out, or put it in quotes with what it belongs to'} (see "carryscope ${command.name()} --help").`,
  )
}
