// @vitest-environment jsdom
import { flushSync } from 'svelte'
import { expect, test } from 'vitest'
import type { EngineClient, MethodParams } from '../../../src/contract/contract'
import { CheckpointAnswers } from '../../../src/renderer/state/checkpoint-answers.svelte'
import { fakeModel } from '../../support/fake-engine'
import { until } from '../../support/patience'

const { layout } = fakeModel().config

/** An engine that answers at once and counts how often it was asked, and a question about each of so many checkpoints. */
function asked(count: number) {
  const steps: number[] = []
  const call = (_: string, { of }: MethodParams<'analyze'>) => {
    steps.push(Number(of!.stamp))
    return Promise.resolve({ step: steps.at(-1) })
  }
  const questions = Array.from({ length: count }, (_, step) => {
    const of = { path: `/run/step-${step}`, layout, stamp: String(step) }
    return { id: 'unembedding', params: {}, of } as const
  })
  return { steps, questions, answers: new CheckpointAnswers({ call } as unknown as EngineClient) }
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve))

test('however much is wanted, each question is asked once', async () => {
  const { steps, questions, answers } = asked(2500)
  answers.want(questions)
  await until(() => {
    expect(answers.of(questions[1999]!)).not.toBeNull()
  })
  await settled()
  expect(steps).toEqual(questions.slice(0, 2000).map((_, step) => step))
  expect(answers.of(questions[0]!)).not.toBeNull()
})

test('what is no longer wanted gives way, oldest first, and is asked again when it is', async () => {
  const { steps, questions, answers } = asked(2001)
  answers.want(questions.slice(0, 2000))
  await settled()
  answers.want(questions.slice(1))
  await settled()
  expect(answers.of(questions[0]!)).toBeNull()
  expect(answers.of(questions[1]!)).not.toBeNull()
  answers.want(questions.slice(0, 2))
  await settled()
  expect(answers.of(questions[0]!)).not.toBeNull()
  expect(steps).toHaveLength(2002)
})

test('an effect that wants something does not run again with every answer', async () => {
  const { questions, answers } = asked(3)
  let runs = 0
  const end = $effect.root(() => {
    $effect(() => {
      runs++
      answers.want(questions)
    })
  })
  flushSync()
  await settled()
  flushSync()
  end()
  expect(answers.of(questions[2]!)).not.toBeNull()
  expect(runs).toBe(1)
})
