import { z } from 'zod'
import { runChoicesSchema } from './training'

const folder = z.string().min(1).max(4096)

/** What a process that trains is told: first what to train, then perhaps to stop. */
export const trainerRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('begin'), folder, choices: runChoicesSchema }),
  z.strictObject({ kind: z.literal('resume'), folder }),
  /** Ends after the step it is at, which is taken again; with `keeps` the last checkpoint becomes the folder's model. */
  z.strictObject({ kind: z.literal('stop'), keeps: z.boolean() }),
])
export type TrainerRequest = z.output<typeof trainerRequestSchema>

/** What it answers, a few times a second. */
export type TrainerAnswer =
  | {
      readonly kind: 'step'
      /** The run's folder, absolute. */
      readonly path: string
      readonly step: number
      readonly steps: number
      readonly checkpoint: number
    }
  /** All steps are taken, or it was told to stop: the process ends. */
  | { readonly kind: 'ended'; readonly finished: boolean }
  | { readonly kind: 'failure'; readonly message: string }
