import { z } from 'zod'
import { figures } from '../charts/registry'
import { clockFaceFigure } from '../charts/attribution/clock-face-figure'
import { layoutSchema, datasetSchema } from '../model/input-schemas'
import { analysisStateSchema, defaultView, noPins, pinsSchema, viewStateSchema } from '../session/session'
import { expectationSchema } from './expectation'

/**
 * A deck: states of the window, one after the other, with what a speaker says about each. No pictures and no free text are kept,
 * so that what is on the Stage is always computed by the model that is open.
 */

/** What the Stage can show beside the circuit or the bench: any figure, by id. */
const panels: readonly string[] = [...figures, clockFaceFigure].map(({ id }) => id)

/** What the audience is to look at: nothing in particular, the sum, what stands left, or what stands right. */
export const spotlights = ['none', 'sum', 'left', 'right'] as const
export type Spotlight = (typeof spotlights)[number]

const view = viewStateSchema.shape

/**
 * How a state is looked at: of a session's view what is about the state; colours and shortcuts stay the speaker's own. What is not
 * named is as in a new window.
 */
const deckViewSchema = viewStateSchema
  .pick({
    predictions: true,
    circuit: true,
    attribution: true,
    against: true,
    workspace: true,
    labSection: true,
    exact: true,
    parts: true,
    published: true,
  })
  .extend({
    predictions: view.predictions.default(defaultView.predictions),
    circuit: view.circuit.default(defaultView.circuit),
    attribution: view.attribution.default(defaultView.attribution),
  })

const deckStateSchema = z.strictObject({
  title: z.string().max(120),
  /** The sentence under the picture, for the audience. */
  line: z.string().max(240),
  /** For the speaker alone. */
  notes: z.string().max(20_000),
  /** Planned. */
  minutes: z.number().min(0).max(600),
  /** What a session holds. */
  state: z.strictObject({
    analysis: analysisStateSchema,
    view: deckViewSchema.prefault({}),
    pins: pinsSchema.default(noPins),
  }),
  stage: z.strictObject({
    panel: z
      .string()
      .max(60)
      .refine((id) => panels.includes(id), 'There is no such figure for the Stage'),
    spotlight: z.enum(spotlights).default('none'),
  }),
  expects: z.array(expectationSchema).max(40).readonly().default([]),
})

/** What this app writes. A file of a higher version is from a newer one. */
export const deckVersion = 1

export const deckSchema = z.strictObject({
  version: z.literal(deckVersion),
  title: z.string().max(120),
  states: z.array(deckStateSchema).max(200).readonly(),
  /** What its states were made with, so that elsewhere it can be said what is missing. */
  needs: z.strictObject({
    model: z.strictObject({
      name: z.string().max(255),
      /** Of the weights, hex. */
      sha256: z.string().max(64),
      /** How its sums are written, where a person chose that; null for as its files say. */
      layout: layoutSchema.nullable().default(null),
    }),
    /** The sums that its figures are over, where a state does not choose others. */
    dataset: datasetSchema,
    /** The sums that means are taken over: its hash is of their tokens. */
    reference: datasetSchema.extend({ sha256: z.string().max(64) }),
  }),
})

export type Deck = z.output<typeof deckSchema>
export type DeckState = Deck['states'][number]
export type DeckView = z.output<typeof deckViewSchema>
