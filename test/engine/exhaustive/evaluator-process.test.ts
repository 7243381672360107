import { expect, test } from 'vitest'
import { everyWrongSum } from '../../../src/engine/exhaustive/chunk-evaluator'
import { evaluatorRequestSchema } from '../../../src/engine/exhaustive/evaluator-messages'
import { EvaluatorProcess } from '../../../src/engine/exhaustive/evaluator-process'
import type { EngineProcess } from '../../../src/contract/engine-process'
import { randomModel } from '../../support/random-model'

const way = { decoding: 'greedy', interventions: [] } as const

/** A process whose end of the port is the test's. */
function fakeProcess() {
  const posted: unknown[] = []
  const told = { message: (_: unknown) => {}, close: (_: string) => {} }
  const process: EngineProcess = {
    pid: 1,
    kill: () => told.close('it was killed'),
    port: {
      post: (message) => posted.push(message),
      on: (listener) => (told.message = listener),
      onClose: (listener) => (told.close = listener),
    },
  }
  return { process, posted, told }
}

test('the model is given first, then one range after the other', async () => {
  const { process, posted, told } = fakeProcess()
  const { name, sha256, config, weights } = randomModel()
  const evaluator = new EvaluatorProcess(process, randomModel(), way)
  const evaluation = evaluator.evaluate({ begin: 3, end: 5 })
  expect(posted).toEqual([
    { kind: 'model', model: { name, sha256, config, weights }, way },
    { kind: 'groups', begin: 3, end: 5, unlistedFrom: everyWrongSum },
  ])
  for (const request of posted) expect(evaluatorRequestSchema.parse(request)).toEqual(request)
  told.message({ kind: 'evaluation', evaluation: { n: 20 } })
  expect(await evaluation).toEqual({ n: 20 })
})

test('what fails inside the process rejects with its reason', async () => {
  const { process, told } = fakeProcess()
  const evaluation = new EvaluatorProcess(process, randomModel(), way).evaluate({ begin: 0, end: 1 })
  told.message({ kind: 'failure', message: 'out of memory' })
  await expect(evaluation).rejects.toThrow('out of memory')
})

test('a process that dies rejects what was asked and whatever is asked later', async () => {
  const { process, told } = fakeProcess()
  const evaluator = new EvaluatorProcess(process, randomModel(), way)
  const sentence =
    'An evaluating process has ended (its process was ended by SIGKILL); run the same command again, with --state to keep what is finished.'
  const evaluation = evaluator.evaluate({ begin: 0, end: 1 })
  told.close('its process was ended by SIGKILL')
  await expect(evaluation).rejects.toThrow(sentence)
  await expect(evaluator.evaluate({ begin: 1, end: 2 })).rejects.toThrow(sentence)
})
