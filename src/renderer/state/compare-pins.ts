import type { SessionState } from './session.svelte'

/** Goes to the state pinned as B, where there is one, and holds it against A. */
export function comparePins(session: SessionState): void {
  const { a, b } = session.pins
  if (!a) return
  if (b) session.change(b.analysis)
  session.show({ against: 'a' })
}
