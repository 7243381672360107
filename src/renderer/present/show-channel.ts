import type { Channel } from './show.svelte'

/** Between the windows of one talk, which are pages of one origin. */
export function showChannel(): Channel {
  return new BroadcastChannel('carryscope-show')
}

/** What tells a page that it is a Stage: the end of its address. */
export const stageHash = '#stage'
