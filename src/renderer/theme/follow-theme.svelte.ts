import type { Application } from '../state/application.svelte'

/** Keeps the page's colours to the session's choice, or the system's where that is the choice or nothing is open yet. */
export function followTheme(application: Application): void {
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  $effect(() => {
    const { explorer } = application
    const theme = explorer?.session.view.theme ?? 'system'
    const follow = () => {
      const dark = theme === 'dark' || (theme === 'system' && system.matches)
      document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
      if (explorer) explorer.dark = dark
    }
    follow()
    system.addEventListener('change', follow)
    return () => system.removeEventListener('change', follow)
  })
}
