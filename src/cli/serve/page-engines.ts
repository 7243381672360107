import type { Handlers } from '../../contract/rpc-server'

/** An engine behind a page. */
export interface PageEngine {
  readonly handlers: Handlers
  close(): void
}

/** One engine, and the page that has it or had it last. */
interface Place<E> {
  readonly engine: E
  page: string | null
  /** Whom to tell sentences about the engine; null while no page has it. */
  tell: ((sentence: string) => void) | null
  /** What was said while no page heard it. */
  readonly unsaid: string[]
  timer: ReturnType<typeof setTimeout> | undefined
}

/** A page's hold on its engine. */
export interface Hold {
  readonly handlers: Handlers
  release(): void
}

/** Every engine is several processes. */
export const mostPages = 4

/** How long an engine waits for its page to be loaded again, unless it is the last one: that waits for ever. */
const lingerMs = 30_000

/**
 * The engines of one server: each page has its own, so that what it shows is always of the model that it opened itself. An engine
 * whose page has gone is taken over by the next one that comes, as when a page is loaded again: it finds its model open.
 */
export class PageEngines<E extends PageEngine = PageEngine> {
  readonly #places: Place<E>[] = []

  /** `create` makes an engine, with the server's own model opening in it if it is for a `fresh` page. */
  constructor(
    private readonly create: (tell: (sentence: string) => void, fresh: boolean) => E,
    private readonly most = mostPages,
  ) {}

  /** Makes an engine before a page asks for it. */
  prepare(): E {
    return this.#make(true).engine
  }

  /**
   * The engine for a page, null where all are in use. One that connects `again` gets its own or one without a model, never one that
   * may have another model open than it shows.
   */
  take(page: string, again: boolean, tell: (sentence: string) => void): Hold | null {
    const free = this.#places.filter((place) => place.tell === null)
    const own = this.#places.find((place) => place.page === page)
    const place = own ?? (again ? undefined : free.at(-1)) ?? this.#room(free, !again)
    if (!place) return null
    clearTimeout(place.timer)
    place.page = page
    place.tell = tell
    for (const sentence of place.unsaid.splice(0)) tell(sentence)
    return {
      handlers: place.engine.handlers,
      release: () => {
        if (place.tell === tell) this.#release(place)
      },
    }
  }

  close(): void {
    for (const { engine, timer } of this.#places.splice(0)) {
      clearTimeout(timer)
      engine.close()
    }
  }

  #room(free: readonly Place<E>[], fresh: boolean): Place<E> | undefined {
    if (this.#places.length >= this.most) {
      const [oldest] = free
      if (!oldest) return undefined
      this.#end(oldest)
    }
    return this.#make(fresh)
  }

  #make(fresh: boolean): Place<E> {
    const unsaid: string[] = []
    const place: Place<E> = {
      engine: this.create((sentence) => {
        if (place.tell) place.tell(sentence)
        else unsaid.push(sentence)
      }, fresh),
      page: null,
      tell: null,
      unsaid,
      timer: undefined,
    }
    this.#places.push(place)
    return place
  }

  /** The one that was released last comes last. */
  #release(place: Place<E>): void {
    place.tell = null
    this.#places.splice(this.#places.indexOf(place), 1)
    this.#places.push(place)
    place.timer = setTimeout(() => {
      if (this.#places.length > 1) this.#end(place)
    }, lingerMs)
    place.timer.unref()
  }

  #end(place: Place<E>): void {
    clearTimeout(place.timer)
    this.#places.splice(this.#places.indexOf(place), 1)
    place.engine.close()
  }
}
