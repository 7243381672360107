import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { looksLikeLink } from '../session/permalink'
import { isSessionFile } from './session-file'

/** What somebody wants opened, by a command, a file manager or a browser: null where nothing is. */
export interface Asked {
  /** The absolute path of a model. */
  readonly model: string | null
  /** A link, or the absolute path of a session file. */
  readonly text: string | null
}

const options = ['--model', '--open']

/**
 * Reads the arguments of a start: `--model PATH`, `--open TEXT`, and, without an option, links, session files and models, which file
 * managers hand over as paths or as `file:` addresses. Whatever else is among them, Chromium's switches for one, is left alone. Relative
 * paths start at `folder`.
 */
export function askedBy(args: readonly string[], folder: string): Asked {
  const plain = args.filter((text, at) => !text.startsWith('-') && !options.includes(args[at - 1] ?? '')).map(asPath)
  const model = optionValue(args, '--model') ?? plain.find(isModelFile)
  const text = optionValue(args, '--open') ?? plain.find((one) => looksLikeLink(one) || isSession(one))
  return {
    model: model ? resolve(folder, model) : null,
    text: text === undefined || looksLikeLink(text) ? (text ?? null) : resolve(folder, text),
  }
}

function optionValue(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name)
  const joined = args.find((argument) => argument.startsWith(`${name}=`))?.slice(name.length + 1)
  return joined ?? (at < 0 ? undefined : args[at + 1])
}

/** The path behind a `file:` address; anything else as it is. */
function asPath(text: string): string {
  try {
    return text.startsWith('file:') ? fileURLToPath(text) : text
  } catch {
    return text
  }
}

function isModelFile(path: string): boolean {
  return /\.(pt|pth|safetensors)$/i.test(path) || basename(path) === 'config.json'
}

function isSession(path: string): boolean {
  return isSessionFile(path) && basename(path) !== 'config.json'
}
