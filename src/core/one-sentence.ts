/** A sentence on screen has fewer characters than this. */
const limit = 300

/** To how many characters quotations are shortened, one try after the other. */
const quotationLengths = [200, 160, 120, 80, 60, 40, 24]

/**
 * A message as one line of fewer than 300 characters. Where it is longer, its quotations lose their middles, because what
 * someone typed may have any length; where that is not enough, the message loses its own, so that what to do still ends it.
 */
export function oneSentence(message: string): string {
  const line = message.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  if (line.length < limit) return line
  const tries = quotationLengths.map((length) =>
    line.replaceAll(/"([^"]*)"/g, (_, quoted: string) => `"${withoutMiddle(quoted, length)}"`),
  )
  return tries.find((text) => text.length < limit) ?? withoutMiddle(tries.at(-1)!, limit - 1)
}

function withoutMiddle(text: string, length: number): string {
  if (text.length <= length) return text
  const end = Math.floor((length - 1) / 2)
  return `${text.slice(0, length - 1 - end)}…${text.slice(-end)}`
}
