// Runs an ONNX file on one execution provider in a process of its own, because a graphics driver may take its process with
// it: node run-onnx.mjs PROVIDER GRAPH.onnx, token ids [example, position] as JSON on stdin, all outputs as JSON on stdout.
import { readFileSync } from 'node:fs'

// Its telemetry is off if this is so when it is loaded.
process.env.ORT_DISABLE_TELEMETRY = '1'
const { InferenceSession, Tensor } = await import('onnxruntime-node')
const [provider, file] = process.argv.slice(2)
const tokens = JSON.parse(readFileSync(0, 'utf8'))
const session = await InferenceSession.create(file, { executionProviders: [provider], logSeverityLevel: 4 })
const feeds = { tokens: new Tensor('int32', tokens.flat(), [tokens.length, tokens[0].length]) }
const results = await session.run(feeds)
const outputs = Object.entries(results).map(([name, { dims, data }]) => [name, { shape: dims, data: Array.from(data) }])
console.log(JSON.stringify(Object.fromEntries(outputs)))
