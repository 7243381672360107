import type { Film } from '../state/film.svelte'

/** What keys do to the film, wherever the focus is in its workspace. */
export function filmAction(film: Film, chord: string): (() => void) | undefined {
  const actions: Readonly<Record<string, () => void>> = {
    ',': () => film.move(-1),
    '.': () => film.move(1),
    Home: () => film.goToPlace(0),
    End: () => film.goToPlace(film.checkpoints.length - 1),
    B: () => film.pin(),
    X: () => film.swap(),
    L: () => film.togglePlay(),
  }
  return Object.hasOwn(actions, chord) ? actions[chord] : undefined
}
