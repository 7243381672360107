import { BadInput } from '../../core/bad-input'
import { isSameModel, readLink } from '../../session/permalink'
import type { Explorer } from './explorer.svelte'

/**
 * Takes over the state that a link stands for, as one step that can be undone. Returns what to know about it, in one sentence, or
 * null.
 */
export function takeLink(text: string, { config, model, session }: Explorer): string | null {
  try {
    const link = readLink(text, config)
    session.change(link.analysis)
    // What a link says is shown as its sender saw it, not against a state that was pinned here before.
    session.show({ against: 'clean', ...(link.lab && { workspace: 'lab', labSection: link.lab }) })
    if (!link.model || isSameModel(link.model, model)) return null
    return otherModel('The link', link.model.name, model.name)
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    return error.message
  }
}

/** That what was opened is shown with other weights than it was made with. */
export function otherModel(what: string, made: string, open: string): string {
  return `${what} was made with ${made}, whose weights are not those of ${open}: what you see is ${open}'s answer to it.`
}
