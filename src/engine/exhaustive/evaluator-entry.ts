import { parentPort } from '../parent-port'
import { evaluatorRequestSchema, type EvaluatorAnswer } from './evaluator-messages'
import type { ChunkEvaluator } from './group-evaluator'
import { startEvaluator } from './start-evaluator'

// An evaluator as a process of its own. It ends with its parent.
const port = parentPort()
port.onClose(() => process.exit(0))

let evaluator: Promise<ChunkEvaluator> | undefined
port.on((message) => {
  const request = evaluatorRequestSchema.parse(message)
  if (request.kind === 'model') {
    evaluator = startEvaluator(request.model, request.decoding)
    // Whoever asks for groups is told why.
    evaluator.catch(() => {})
  } else {
    void answer(request.begin, request.end).then((result) => port.post(result))
  }
})

async function answer(begin: number, end: number): Promise<EvaluatorAnswer> {
  try {
    if (!evaluator) throw new Error('No model was given before groups were asked for.')
    return { kind: 'evaluation', evaluation: await (await evaluator).evaluate({ begin, end }) }
  } catch (error) {
    return { kind: 'failure', message: error instanceof Error ? error.message : String(error) }
  }
}
