import type { z } from 'zod'
import { BadInput } from '../core/bad-input'

/** A kind of document that is kept as JSON with a version: what it is called in a sentence, its schema and its version. */
export interface DocumentKind<T> {
  readonly called: 'session' | 'deck'
  /** The highest version that is read: a file of a higher one is from a newer Carryscope. */
  readonly version: number
  readonly schema: z.ZodType<T>
}

/**
 * Reads a document from the JSON that it was saved as. Throws BadInput where the text is not one, naming what was found where;
 * one that a newer version of the app has written is told apart. `name` is what the sentence calls it.
 */
export function readDocument<T>(json: string, name: string, { called, version, schema }: DocumentKind<T>): T {
  const value = parsed(json, name, called)
  const found = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined
  if (typeof found !== 'number')
    throw new BadInput(`${name} is not a ${called}: it has no version number; choose a file that Carryscope saved.`)
  if (found > version)
    throw new BadInput(
      `${name} was saved by a newer Carryscope (${called} version ${found}, and this one reads up to ${version}): ` +
        'open it there, or update this one.',
    )
  const document = schema.safeParse(value)
  if (document.success) return document.data
  const issue = document.error.issues[0]
  const where = issue && issue.path.length > 0 ? ` at "${issue.path.join('.')}"` : ''
  throw new BadInput(
    `${name} is not a ${called} that can be used: ${issue?.message ?? 'Invalid input'}${where}; save it again where it was made.`,
  )
}

function parsed(json: string, name: string, called: string): unknown {
  try {
    return JSON.parse(json, withoutPrototypes)
  } catch {
    throw new BadInput(`${name} is not a ${called}: it is not JSON; choose a file that Carryscope saved.`)
  }
}

/** The one key that schemas pass over in silence: nothing that Carryscope saves has it. */
function withoutPrototypes(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('A value cannot name its own prototype.')
  return value
}
