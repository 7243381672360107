import { digitOf } from '../shell/chord'
import { presentAction, type PresentAction } from './present-keys'

/** What acts on keys while a deck is presented: the talk itself, or the window of its Stage, which passes them on. */
export interface Presented {
  do(action: PresentAction): void
  /** Types a digit into the sum on the Stage. */
  type(digit: number): void
  /** What was held is let go of. */
  release(): void
}

/**
 * What a window does with its keys: `down` for each that is pressed, `release` when one is let go of or the focus leaves. A digit
 * goes into the sum only where one of its cells was clicked.
 */
export function presentKeys(presented: Presented) {
  const down = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isText(event.target)) return
    const typing = event.target instanceof HTMLElement && event.target.matches('[role=spinbutton]')
    const digit = typing && !event.altKey && !event.ctrlKey && !event.metaKey ? digitOf(event) : null
    const action = presentAction(event, typing)
    if (digit === null && action === null) return
    // A focused button is pressed by Space and Enter as ever.
    if (isPress(event)) return
    event.preventDefault()
    if (digit !== null) presented.type(digit)
    else if (action && (action.does === 'notes' || !event.repeat)) presented.do(action)
  }
  return { down, release: () => presented.release() }
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
}

function isPress({ key, target }: KeyboardEvent): boolean {
  return (key === ' ' || key === 'Enter') && target instanceof HTMLElement && target.matches('button:focus-visible')
}
