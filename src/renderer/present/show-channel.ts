import type { Channel } from './show.svelte'

/** Between the windows of one talk, which are pages of one origin. */
export function showChannel(): Channel {
  return new BroadcastChannel('carryscope-show')
}
