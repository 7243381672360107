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

/**
 * Of many sessions side by side, of which one runs at a time: by itself each keeps one block for all that a run of the same size makes.
 * With one heap it keeps no arena as large as its largest run either: batches are as fast from the process's heap, and leave half as
 * much; a single sum is a tenth slower.
 */
export function manySessions(oneHeap: boolean): SessionOptions {
  return { enableMemPattern: false, enableCpuMemArena: !oneHeap }
}
