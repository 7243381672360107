import { failureOf } from '../../contract/failure'
import { parentPort } from '../parent-port'
import { evaluatorRequestSchema, type EvaluatorAnswer } from './evaluator-messages'
import type { ChunkEvaluator } from './chunk-evaluator'
import type { Range } from '../../model/exhaustive/shard'
import { startEvaluator } from './start-evaluator'

// An evaluator as a process of its own. It ends with its parent.
const port = parentPort()
port.onClose(() => process.exit(0))

let evaluator: Promise<ChunkEvaluator> | undefined
port.on((message) => {
  const request = evaluatorRequestSchema.parse(message)
  if (request.kind === 'model') {
    evaluator = startEvaluator(request.model, request.way)
    // Whoever asks for groups is told why.
    evaluator.catch(() => {})
  } else {
    void answer(request, request.unlistedFrom).then((result) => port.post(result))
  }
})

async function answer({ begin, end }: Range, unlistedFrom: number): Promise<EvaluatorAnswer> {
  try {
    if (!evaluator) throw new Error('No model was given before groups were asked for.')
    return { kind: 'evaluation', evaluation: await (await evaluator).evaluate({ begin, end }, unlistedFrom) }
  } catch (error) {
    return { kind: 'failure', message: failureOf(error).message }
  }
}
