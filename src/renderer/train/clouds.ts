import type { ResultOf } from '../../analyses/registry'
import { reachOf } from '../../charts/carry/circle-input'
import { alignedTo, cloudOf, inCloud, type Cloud } from '../../charts/training/cloud'
import type { CheckpointView } from '../state/checkpoint-views.svelte'
import type { Explorer } from '../state/explorer.svelte'
import type { Subject } from '../state/film.svelte'
import { cloudQuestion } from './questions'

/** What all clouds are turned onto: B's, and how far it reaches. */
export interface Reference {
  readonly cloud: Cloud
  readonly reach: number
}

/** B's cloud at the focus digit; null while it is not known. */
export function referenceOf(explorer: Explorer): Reference | null {
  const { film } = explorer.training
  const result = film.b && answerOf(explorer, film.b)
  if (!result) return null
  const cloud = cloudOf(result, explorer.focus)
  return { cloud, reach: reachOf(cloud) }
}

/** A subject's cloud, turned onto the reference where both are of the same sums; null while it is not known. */
export function cloudOfSubject(explorer: Explorer, subject: Subject, reference: Reference | null): Cloud | null {
  const result = answerOf(explorer, subject)
  if (!result) return null
  const cloud = cloudOf(result, explorer.focus)
  if (!reference || reference.cloud.points.length !== cloud.points.length) return cloud
  return alignedTo(cloud, reference.cloud)
}

/** Where the sum on screen stands in a cloud; null where its answer is not known. */
export function placeOf(cloud: Cloud, view: CheckpointView | null, focus: number): readonly [number, number] | null {
  if (!view) return null
  const { circle } = view.run
  const [stages, digits] = circle.shape as [number, number, number]
  const at = ((stages - 1) * digits + Math.min(focus, digits - 1)) * 2
  return inCloud(cloud, [circle.data[at]!, circle.data[at + 1]!])
}

function answerOf(explorer: Explorer, subject: Subject): ResultOf<'residual-circle'> | null {
  return explorer.training.film.answers.of(cloudQuestion(explorer, subject))
}
