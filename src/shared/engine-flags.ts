/**
 * Flags that an engine process is started with. A small young generation is collected often, but each time so fast that no
 * answer waits for it (the slowest of twenty takes 1 ms less), and keeps memory down by some 30 MB; what an engine makes is
 * mostly large arrays, which are not kept there anyway.
 */
export const engineFlags: readonly string[] = ['--max-semi-space-size=1']
