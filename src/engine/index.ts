import { serveEngine } from '../shared/rpc-server'
import { createEngine } from './handlers'
import { parentPort } from './parent-port'

// The engine as a process of its own: an Electron utility process or a Node child process. It ends with its parent.
const port = parentPort()
port.onClose(() => process.exit(0))
serveEngine(port, createEngine())
