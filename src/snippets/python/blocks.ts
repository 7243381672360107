/** A piece of Python that stands by itself, and the names that it defines. */
export interface Block {
  readonly defines: readonly string[]
  readonly code: string
}

/** The last block and those of the others that it needs, directly or through one another, in their order. */
export function usedBlocks(blocks: readonly Block[]): Block[] {
  const used: Block[] = []
  const mentioned = new Set<string>()
  for (const block of blocks.toReversed()) {
    if (used.length > 0 && !block.defines.some((name) => mentioned.has(name))) continue
    used.unshift(block)
    for (const name of namesIn(block.code)) mentioned.add(name)
  }
  return used
}

/** Every word of Python code that is neither in a text nor in a comment; what an f-string's braces hold counts. */
export function namesIn(code: string): readonly string[] {
  const bare = code
    .replaceAll(/"""[^]*?"""/g, '')
    .replaceAll(/(f?)"([^"\n]*)"/g, (_, formatted: string, text: string) => (formatted ? bracesIn(text) : ''))
    .replaceAll(/#.*/g, '')
  return bare.match(/[A-Za-z_]\w*/g) ?? []
}

function bracesIn(text: string): string {
  return (text.match(/\{[^}]*\}/g) ?? []).join(' ')
}
