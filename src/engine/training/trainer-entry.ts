import { constants, setPriority } from 'node:os'
import { type TrainerAnswer, trainerRequestSchema } from '../../contract/trainer'
import { parentPort } from '../parent-port'
import { Trainer } from './trainer'

// A training as a process of its own, which gives way to everything else on this machine. It ends with its parent, and its folder
// is then as after any kill: it goes on from the last checkpoint.
setPriority(constants.priority.PRIORITY_LOW)
const port = parentPort()
port.onClose(() => process.exit(0))

const trainer = new Trainer((answer: TrainerAnswer) => {
  port.post(answer)
})

port.on((message) => {
  void trainer.hear(trainerRequestSchema.parse(message))
})
