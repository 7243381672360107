import type { Theme } from '../charts/drawing/tokens'

const color = /#[0-9a-f]{6}\b|rgba?\([^)]*\)/g
const ids = /\bzr[0-9a-f]{8}-/g
/** A box of a drawing with sharp corners; as a path it is a fifth shorter, and a page has tens of thousands of them. */
const sharpBox = /<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"(?! rx=)/g
/** A text of a drawing: its place, then how it looks. */
const styledText = /<text (x="[^"]*" y="[^"]*") ([^>]*)>/g
/** What a chart lays behind its labels for the pointer alone. */
const unseen = /<path [^>]*fill="none" pointer-events="visible"><\/path>\n?/g
/** A text of a chart, whose type stands in a declaration. */
const declaredText = /(<text [^>]*?)(style="[^"]*")/g

/**
 * What the pictures of a page have in common, written once: their colours as CSS variables with a light and a dark value
 * each, so that every picture stands in the page once and follows what the reader's system asks for, and how texts look
 * as classes.
 */
export class PageStyle {
  readonly #colors = new Map<string, string>()
  readonly #classes = new Map<string, string>()

  /** One picture from its light and its dark form. Null where these differ in more than colours. */
  join(light: string, dark: string): string | null {
    if (skeleton(light) !== skeleton(dark)) return null
    const own = light.match(ids)?.[0] ?? ''
    const darkColors = dark.match(color) ?? []
    let place = 0
    return light
      .replaceAll(unseen, '')
      .replaceAll(ids, own)
      .replaceAll(sharpBox, '<path d="M$1 $2h$3v$4h-$3z"')
      .replaceAll(color, (value) => `var(${this.#variable(value, darkColors[place++]!)})`)
      .replaceAll(styledText, (_, where: string, look: string) => `<text ${where} class="${this.#class(look)}">`)
      .replaceAll(declaredText, (_, before: string, look: string) => `${before}class="${this.#class(look)}"`)
  }

  /** Declarations of all colours used so far. */
  colors(theme: Theme): string {
    const side = theme === 'light' ? 0 : 1
    return Array.from(this.#colors, ([pair, name]) => `${name}:${pair.split(' ')[side]}`).join(';')
  }

  /** Rules of all classes used so far. */
  classes(): string {
    return Array.from(this.#classes, ([look, name]) => `.${name}{${declarations(look)}}`).join('\n')
  }

  #variable(light: string, dark: string): string {
    return named(this.#colors, `${light.replaceAll(' ', '')} ${dark.replaceAll(' ', '')}`, '--')
  }

  #class(look: string): string {
    return named(this.#classes, look, 't')
  }
}

function named(names: Map<string, string>, key: string, prefix: string): string {
  const name = names.get(key) ?? `${prefix}${names.size.toString(36)}`
  names.set(key, name)
  return name
}

/** Attributes of a drawing's text as CSS, which names them alike but wants a unit for the size of type. */
function declarations(look: string): string {
  return Array.from(look.matchAll(/([\w-]+)="([^"]*)"/g), ([, name, value]) => {
    if (name === 'style') return value
    return `${name}:${name === 'font-size' ? `${value}px` : value}`
  }).join(';')
}

function skeleton(svg: string): string {
  return svg.replaceAll(ids, 'zr-').replaceAll(color, '#')
}
