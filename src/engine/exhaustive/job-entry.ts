import { constants, setPriority } from 'node:os'
import { type JobAnswer, jobRequestSchema } from '../../contract/exhaustive-job'
import { failureOf } from '../../contract/failure'
import { parentPort } from '../parent-port'
import { runJob } from './shard-job'

// A background evaluation as a process of its own, which gives way to everything else on this machine. It ends with its parent.
setPriority(constants.priority.PRIORITY_LOW)
const port = parentPort()
port.onClose(() => process.exit(0))

const tell = (answer: JobAnswer) => {
  port.post(answer)
}

port.on((message) => {
  void answer(message)
})

async function answer(message: unknown): Promise<void> {
  try {
    await runJob(jobRequestSchema.parse(message), tell)
  } catch (error) {
    tell({ kind: 'failure', message: failureOf(error).message })
  }
}
