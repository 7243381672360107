/** What is read after the later views, and not when it is first wanted: a page whose server has ended goes on with what it has. */
export const laterCode: readonly (() => Promise<unknown>)[] = [
  () => import('../snippets/transformer-lens-snippet'),
  () => import('./shell/save-report'),
  () => import('./shell/share-page'),
]
