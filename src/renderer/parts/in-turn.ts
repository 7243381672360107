const waiting: (() => void)[] = []

/** How long a frame is waited for, in milliseconds. A window that is hidden gets none, nor does one that is covered on some systems. */
const longestFrame = 250

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

/**
 * The same when the next frame is on the screen, and what it has asked to be done in turn is done; where no frame comes, as in a
 * window that nobody sees, soon.
 */
export function afterFrame(work: () => void): () => void {
  let cancel = () => {
    cancelAnimationFrame(frame)
    clearTimeout(late)
  }
  const goOn = () => {
    cancel()
    const timer = setTimeout(() => (cancel = inTurn(work)))
    cancel = () => {
      clearTimeout(timer)
    }
  }
  const frame = requestAnimationFrame(goOn)
  const late = setTimeout(goOn, longestFrame)
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
