const color = /#[0-9a-f]{6}\b|rgba?\([^)]*\)/g
const ids = /\bzr[0-9a-f]{8}-/g

/**
 * The colours of a page's pictures as CSS variables with a light and a dark value each, so that every picture stands in the
 * page once and follows what the reader's system asks for.
 */
export class PageColors {
  readonly #names = new Map<string, string>()

  /** One picture from its light and its dark form. Null where these differ in more than colours. */
  join(light: string, dark: string): string | null {
    const own = light.match(ids)?.[0] ?? ''
    const darkColors = dark.match(color) ?? []
    const same = skeleton(light) === skeleton(dark)
    if (!same) return null
    let place = 0
    return light.replaceAll(ids, own).replaceAll(color, (value) => this.#variable(value, darkColors[place++]!))
  }

  /** Declarations of all colours used so far. */
  css(theme: 'light' | 'dark'): string {
    const side = theme === 'light' ? 0 : 1
    return Array.from(this.#names, ([pair, name]) => `${name}:${pair.split(' ')[side]}`).join(';')
  }

  #variable(light: string, dark: string): string {
    const pair = `${plain(light)} ${plain(dark)}`
    const name = this.#names.get(pair) ?? `--${this.#names.size.toString(36)}`
    this.#names.set(pair, name)
    return `var(${name})`
  }
}

function skeleton(svg: string): string {
  return svg.replaceAll(ids, 'zr-').replaceAll(color, '#')
}

function plain(value: string): string {
  return value.replaceAll(' ', '')
}
