import { afterFrame } from '../parts/in-turn'

/** Opens the menu of a figure, by which it is copied and saved: the first one in view, else the first of the workspace. */
export function openFigureMenu(): void {
  // By then the search has closed, and the workspace is on screen.
  afterFrame(() => {
    const menus = [...document.querySelectorAll<HTMLElement>('.workspace:not(.away) .tools [aria-haspopup="menu"]')]
    const isInView = (menu: HTMLElement) => {
      const { top, bottom } = menu.getBoundingClientRect()
      return top >= 0 && bottom <= window.innerHeight
    }
    const menu = menus.find(isInView) ?? menus[0]
    menu?.scrollIntoView({ block: 'nearest' })
    menu?.click()
  })
}
