import { untrack } from 'svelte'
import type { DeckState } from '../../deck/deck'
import type { Scene } from './scene.svelte'

/**
 * Keeps what is set up in a scene and what is held elsewhere the same, whichever changes: `held` is what the scene is to show, null
 * for as its deck says, and `changed` is told what somebody has set up in it. To be called once, while a component is being set up.
 */
export function followScene(
  sceneOf: () => Scene | undefined,
  held: () => DeckState['state'] | null,
  changed: (state: DeckState['state'], scene: Scene) => void,
): void {
  $effect.pre(() => {
    const scene = sceneOf()
    const wanted = held()
    if (scene) untrack(() => scene.take(wanted))
  })
  $effect(() => {
    const scene = sceneOf()
    const present = scene?.held
    if (!scene || !present) return
    untrack(() => {
      if (!scene.isAs(present, held())) changed(present, scene)
    })
  })
}
