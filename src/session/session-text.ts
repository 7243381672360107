import { BadInput } from '../core/bad-input'
import { readDocument } from './document-text'
import { sessionSchema, sessionVersion, type Session } from './session'

/** Reads a session from the JSON that it was saved as. Throws BadInput as `readDocument` does; `name` is what the sentence calls it. */
export function readSession(json: string, name: string): Session {
  return readDocument(json, name, { called: 'session', version: sessionVersion, schema: sessionSchema })
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
