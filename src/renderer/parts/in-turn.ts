const waiting: (() => void)[] = []

/**
 * Does a piece of work in a task of its own, after those that were asked for before it: the page answers input and paints in
 * between, however many pieces there are. Returns a function that calls it off.
 */
export function inTurn(work: () => void): () => void {
  waiting.push(work)
  if (waiting.length === 1) setTimeout(next)
  return () => {
    const place = waiting.indexOf(work)
    // The one that is due next keeps its place, so that the chain goes on.
    if (place === 0) waiting[0] = () => undefined
    else if (place > 0) waiting.splice(place, 1)
  }
}

/** The same when the next frame is on the screen, and what it has asked to be done in turn is done. */
export function afterFrame(work: () => void): () => void {
  let cancel = () => {
    cancelAnimationFrame(frame)
  }
  const frame = requestAnimationFrame(() => {
    const timer = setTimeout(() => (cancel = inTurn(work)))
    cancel = () => {
      clearTimeout(timer)
    }
  })
  return () => {
    cancel()
  }
}

function next(): void {
  try {
    waiting[0]?.()
  } finally {
    waiting.shift()
    if (waiting.length > 0) setTimeout(next)
  }
}
