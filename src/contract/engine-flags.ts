import type { EngineRole } from './engine-process'

/**
 * A small young generation is collected often, but each time so fast that no answer waits for it (the slowest of twenty takes
 * 1 ms less), and keeps memory down by some 30 MB; what an engine makes is mostly large arrays, which are not kept there anyway.
 */
const smallYoungGeneration = '--max-semi-space-size=1'

/**
 * Every processor has a sweep of its own to run: what helper threads of the collector take, marking and copying beside it, they
 * take from another sweep. With the collector on the thread that it cleans for, a sweep takes a seventh less of the processors.
 */
const collectorOnOneThread = '--single-threaded-gc'

/**
 * Arrays count for the heap that holds them: with what a sweep makes of them, one of 9 MB is full again at once, and is looked through
 * in every sweep, for a seventh of its time. For 10 to 20 MB more of arrays that are let go, it is in every third.
 */
const roomForArrays = '--initial-old-space-size=32'

/** Flags that an engine process is started with. */
export const engineFlags: Readonly<Record<EngineRole, readonly string[]>> = {
  live: [smallYoungGeneration],
  pool: [smallYoungGeneration, collectorOnOneThread, roomForArrays],
}
