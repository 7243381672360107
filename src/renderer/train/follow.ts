import { untrack } from 'svelte'
import type { Application } from '../state/application.svelte'
import type { Explorer } from '../state/explorer.svelte'
import { isOpen } from '../state/film.svelte'

/** Has every other workspace show the checkpoint that was gone to in the film, in place of the model on screen. */
export function follow(application: Application, { session, training, model }: Explorer): void {
  const { followed } = training.film
  if (session.view.workspace === 'train' || !followed || isOpen(followed, model)) return
  untrack(() => void open())

  async function open() {
    const refusal = await application.swap({ path: followed!.opens }, followed!.of.layout)
    if (refusal === null) return
    training.film.goTo(null)
    application.refuse(refusal)
  }
}
