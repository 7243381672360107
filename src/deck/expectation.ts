import { z } from 'zod'

/** How a value may be held against another. */
export const operators = ['=', '>=', '<=', '>', '<'] as const
export type Operator = (typeof operators)[number]

const word = z.string().min(1).max(60)

/** Something that a state of a deck takes for granted, as a question whose answer can be had on any model. */
export const expectationSchema = z
  .strictObject({
    /** What it is called in a list: `C2 follows the donor`; without it, by the tensor and the place in it. */
    says: z.string().min(1).max(120).exactOptional(),
    /** Id of the analysis that is asked, as on the command line. */
    analysis: word,
    /** What it is asked; the analysis checks that when it is. */
    params: z.record(word, z.json()).default({}),
    /** The tensor or the single value of its answer. */
    tensor: word,
    /** The place in the tensor, by the labels of its axes: `{ "group": "differ", "digit": "C2", "outcome": "moved" }`. */
    at: z.record(word, z.string().max(60)).default({}),
    op: z.enum(operators),
    value: z.union([z.number(), z.boolean(), z.string().max(200)]),
  })
  .refine(({ op, value }) => op === '=' || typeof value === 'number', {
    path: ['value'],
    message: 'Only a number is at least or at most something',
  })

export type Expectation = z.output<typeof expectationSchema>

/** Whether a value that was found is as expected. What could not be measured, NaN, never is. */
export function isMet({ op, value }: Expectation, found: number | boolean | string): boolean {
  if (op === '=') return found === value
  if (typeof found !== 'number' || typeof value !== 'number') return false
  switch (op) {
    case '>=':
      return found >= value
    case '<=':
      return found <= value
    case '>':
      return found > value
    case '<':
      return found < value
  }
}
