import { constants, setPriority } from 'node:os'
import { type CallContext, serveEngine } from '../contract/rpc-server'
import { createEngine } from './handlers'
import { pacedProgress } from './paced-progress'
import { parentPort } from './parent-port'

// The engine as a process of its own: an Electron utility process or a Node child process. It ends with its parent. Its one
// argument is its role: `pool` gives way to everything else on this machine, and has no live view to prepare.
const role = process.argv.includes('pool') ? 'pool' : 'live'
if (role === 'pool') setPriority(constants.priority.PRIORITY_LOW)
const port = parentPort()
port.onClose(() => process.exit(0))
const paced = (context: CallContext) => ({ ...context, progress: pacedProgress(context.progress) })
// The carry lab alone has a dozen and a half sessions; with fewer than two cuts want, going back and forth makes them anew.
const engine = createEngine(
  role === 'live' ? { prepareLive: true } : { sessions: 28, oneHeap: true, checksAdding: false },
)
serveEngine(port, {
  ...engine,
  analyze: (params, context) => engine.analyze(params, paced(context)),
  margins: (params, context) => engine.margins(params, paced(context)),
})
