/**
 * Flags that an engine process is started with. A small young generation keeps its memory down (by about 25 MB of 165); what it
 * makes is mostly large arrays, which are not kept there anyway.
 */
export const engineFlags: readonly string[] = ['--max-semi-space-size=4']
