/**
 * Every column pattern that a sum of this many digits can have, most significant first. The first column is always K,
 * because operands begin with 0 to 4. There are 3 ^ (numDigits - 1).
 */
export function columnPatterns(numDigits: number): string[] {
  let patterns = ['K']
  for (let column = 1; column < numDigits; column++)
    patterns = patterns.flatMap((pattern) => ['K', 'P', 'G'].map((name) => pattern + name))
  return patterns
}
