import { BadInput } from '../core/bad-input'
import { sessionSchema, sessionVersion, type Session } from './session'

/**
 * Reads a session from the JSON that it was saved as. Throws BadInput where the text is not one, naming what was found where;
 * one that a newer version of the app has written is told apart. `name` is what the sentence calls it.
 */
export function readSession(json: string, name: string): Session {
  const value = parsed(json, name)
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined
  if (typeof version !== 'number')
    throw new BadInput(`${name} is not a session: it has no version number; choose a file that Carryscope saved.`)
  if (version > sessionVersion)
    throw new BadInput(
      `${name} was saved by a newer Carryscope (session version ${version}, and this one reads up to ${sessionVersion}): ` +
        'open it there, or update this one.',
    )
  const session = sessionSchema.safeParse(value)
  if (session.success) return session.data
  const issue = session.error.issues[0]
  const where = issue && issue.path.length > 0 ? ` at "${issue.path.join('.')}"` : ''
  throw new BadInput(
    `${name} is not a session that can be used: ${issue?.message ?? 'Invalid input'}${where}; save it again where it was made.`,
  )
}

/** Reads the autosaved session. Null when the text is not one: a broken autosave must never keep the app from starting. */
export function parseSession(json: string | null): Session | null {
  if (json === null) return null
  try {
    return readSession(json, 'The saved session')
  } catch (error) {
    if (error instanceof BadInput) return null
    throw error
  }
}

function parsed(json: string, name: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new BadInput(`${name} is not a session: it is not JSON; choose a file that Carryscope saved.`)
  }
}
