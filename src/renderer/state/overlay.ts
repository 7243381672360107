/** A dialog over the window: the keyboard sheet, the search, or the history with its pins. */
export type Overlay =
  'sheet' | 'search' | 'history' | 'providers' | 'layout' | 'about' | 'start-run' | 'open-run' | 'pairs'
