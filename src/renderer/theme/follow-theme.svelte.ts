import type { Explorer } from '../state/explorer.svelte'

/** Keeps the page's colours to the session's choice, or the system's where that is the choice. */
export function followTheme(explorer: Explorer): void {
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  $effect(() => {
    const { theme } = explorer.session.view
    const follow = () => {
      explorer.dark = theme === 'dark' || (theme === 'system' && system.matches)
      document.documentElement.dataset['theme'] = explorer.dark ? 'dark' : 'light'
    }
    follow()
    system.addEventListener('change', follow)
    return () => system.removeEventListener('change', follow)
  })
}
