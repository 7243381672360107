import type { Mode } from '../model/intervention'
import type { ViewState } from './session'

/** What the choices of a person are called, in menus and in the search alike. */

export const themeNames: Readonly<Record<ViewState['theme'], string>> = {
  system: 'Light or dark as the system',
  light: 'Light',
  dark: 'Dark',
}

export const paletteNames: Readonly<Record<ViewState['palette'], string>> = {
  standard: 'Colours: red to blue',
  'orange-blue': 'Colours: orange to blue',
  'magenta-teal': 'Colours: magenta to teal',
}

export const modeNames: Readonly<Record<Mode, string>> = {
  zero: 'Zero',
  mean: 'Mean',
  resample: 'Resample',
  patch: 'Patch',
}
