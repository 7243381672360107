/**
 * Steps through the states of a page: one is shown at a time, by buttons, keys and links. What it does is small enough to be read in the
 * page itself.
 */
export const pageScript = `
const states = [...document.querySelectorAll('main > section')]
const [steps, back, on, place] = ['steps', 'back', 'on', 'place'].map((id) => document.getElementById(id))
let now = -1
function show(index) {
  const to = Math.min(Math.max(index, 0), states.length - 1)
  if (to === now) return
  const first = now < 0
  now = to
  states.forEach((state, at) => state.classList.toggle('now', at === now))
  place.textContent = now === 0 ? 'Contents' : now + ' of ' + (states.length - 1)
  back.disabled = now === 0
  on.disabled = now === states.length - 1
  if (first) return
  if (location.hash !== '#' + states[now].id) location.replace('#' + states[now].id)
  scrollTo(0, 0)
  states[now].querySelector('h1, h2').focus({ preventScroll: true })
}
function linked() {
  return Math.max(0, states.findIndex(({ id }) => '#' + id === location.hash))
}
addEventListener('hashchange', () => show(linked()))
back.addEventListener('click', () => show(now - 1))
on.addEventListener('click', () => show(now + 1))
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const to = { ArrowRight: now + 1, PageDown: now + 1, ArrowLeft: now - 1, PageUp: now - 1, Home: 0, End: states.length - 1 }[event.key]
  if (to === undefined || (event.key.startsWith('Arrow') && scrolls(event.target))) return
  event.preventDefault()
  show(to)
})
// What is wider than the screen scrolls, and must be reached by keyboard then.
function scrolls(element) {
  const wide = element.closest?.('figure, table')
  return wide !== null && wide !== undefined && wide.scrollWidth > wide.clientWidth
}
function reach() {
  for (const wide of document.querySelectorAll('figure, table')) {
    if (wide.scrollWidth > wide.clientWidth || wide.scrollHeight > wide.clientHeight + 1) wide.tabIndex = 0
    else wide.removeAttribute('tabindex')
  }
}
new ResizeObserver(reach).observe(document.querySelector('main'))
document.documentElement.classList.add('steps')
steps.hidden = false
show(linked())
`
