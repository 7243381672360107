import { headOfComponent } from '../../charts/attribution/component'
import type { Note } from '../../charts/drawing/note'
import type { Act, ShownFigure } from '../../charts/figure'

/** A figure's own act, else: a head opens in Explore, and the heads of a circuit are chosen. */
export function actOf(shown: ShownFigure | null, datum: unknown): Act | null {
  const own = shown?.act?.(datum)
  const name = shown?.subject?.(datum).head
  if (own) return own
  if (name === undefined) return null
  const head = headOfComponent(name)
  return head
    ? { words: `open ${name} in Explore`, head }
    : { words: `show ${name} in all figures of two heads`, chosen: { pair: name } }
}

/** What a figure says of a datum, and what a click on it does. */
export function noteWithAct(shown: ShownFigure, datum: unknown): Note {
  const plain = shown.note(datum)
  const act = actOf(shown, datum)
  return act ? { ...plain, lines: [...plain.lines, { label: 'click', value: act.words }] } : plain
}
