import type { SessionOptions } from './onnxruntime'

/**
 * What every session is made with. The optimisation level changes results in the last digits, so it is the same everywhere. One
 * thread, unless told, leaves the other cores to other processes and gives the same bits everywhere on a machine.
 */
export function sessionOptions(provider = 'cpu', intraOpNumThreads = 1): SessionOptions {
  return {
    executionProviders: [provider],
    intraOpNumThreads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // Failures are thrown; onnxruntime need not also print them.
    logSeverityLevel: 4,
  }
}
