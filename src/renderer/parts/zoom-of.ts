/** How many of the window's CSS pixels one of an element's is, where it stands in something scaled; WebKit does not tell. */
export function zoomOf(element: Element): number {
  return 'currentCSSZoom' in element ? element.currentCSSZoom : 1
}
