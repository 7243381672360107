import { createRequire } from 'node:module'
import type * as OnnxRuntime from 'onnxruntime-node'

/**
 * The only place that loads onnxruntime-node. Its library has telemetry of its own, on unless this variable is 1 when it is
 * loaded: a device id and a queue of events under the user's cache folder, a log in the temporary folder, uploads. Loaded by a
 * call, because imports run before any statement of the module that has them. Processes started later inherit the variable.
 */
process.env['ORT_DISABLE_TELEMETRY'] = '1'

const onnxruntime = createRequire(import.meta.url)('onnxruntime-node') as typeof OnnxRuntime

export const { InferenceSession, Tensor, env, listSupportedBackends } = onnxruntime
export type InferenceSession = OnnxRuntime.InferenceSession
export type Tensor = OnnxRuntime.Tensor
export type SessionOptions = OnnxRuntime.InferenceSession.SessionOptions
