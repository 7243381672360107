/**
 * Calls back each time the page is hidden or left: after that it may never be asked again, and what it sends by then still arrives.
 * Returns how to stop.
 */
export function whenLeft(action: () => void): () => void {
  const hidden = () => {
    if (document.visibilityState === 'hidden') action()
  }
  window.addEventListener('pagehide', action)
  document.addEventListener('visibilitychange', hidden)
  return () => {
    window.removeEventListener('pagehide', action)
    document.removeEventListener('visibilitychange', hidden)
  }
}
