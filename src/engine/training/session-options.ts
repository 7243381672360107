import type { SessionOptions } from '../onnxruntime'

/**
 * One thread, so that a training leaves the other cores alone and gives the same bits everywhere on a machine; the
 * optimisation level, which changes the last bits, is fixed.
 */
export function trainingSessionOptions(provider: string): SessionOptions {
  return {
    executionProviders: [provider],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  }
}
