import { figures } from '../../charts/registry'
import { clockFaceFigure } from '../../charts/attribution/clock-face-figure'

/** The panels of Explore that the Stage shows as they are there, of the answers that Explore has. */
const ofExplore: readonly string[] = [
  'predictions',
  'dla',
  'path-dla',
  'carry-attention',
  'clock-face',
  'carry-classes',
  'head-ablation',
]

/** Those that show what a transplant does, beside the bench that it is set up on. */
const ofBench: readonly string[] = ['transplant', 'transplant-classes']

export function isOfExplore(panel: string): boolean {
  return ofExplore.includes(panel)
}

export function isOfBench(panel: string): boolean {
  return ofBench.includes(panel)
}

/** What can stand on the Stage beside the circuit or the bench, in the order in which it is offered. */
export const stagePanels: readonly { readonly id: string; readonly title: string }[] = [
  ...figures,
  clockFaceFigure,
].map(({ id, title }) => ({ id, title }))

export function panelTitle(panel: string): string {
  return stagePanels.find(({ id }) => id === panel)?.title ?? panel
}
