import { lastPredictingPosition } from '../../core/positions'
import type { HeadSite } from '../../core/head-site'
import type { ModelConfig } from '../../model/config'
import type { Lab } from '../state/lab.svelte'
import { sameSite } from './sites'

/** What pointer and keys do in the map of sites: take or leave one, or paint over several. */
export class SiteCursor {
  /** The cell that Tab comes to. */
  active = $state.raw<HeadSite>({ layer: 0, head: 0, position: 0 })
  /** The cell that is explained, and the corner of its box in the window. */
  pointed = $state.raw<{ readonly site: HeadSite; readonly x: number; readonly y: number } | null>(null)
  #grid: HTMLElement | null = null

  constructor(
    private readonly lab: Lab,
    private readonly config: ModelConfig,
  ) {}

  /** To be attached to the grid. */
  readonly attach = (grid: HTMLElement): void => {
    this.#grid = grid
  }

  isChosen(site: HeadSite): boolean {
    return this.lab.sites.some((each) => sameSite(each, site))
  }

  /** What stands after every position that predicts can be read by nothing, and cannot be taken. */
  canTake({ position }: HeadSite): boolean {
    return position <= lastPredictingPosition(this.config.layout)
  }

  /** Begins to paint: the first cell decides whether cells are taken or left. */
  press(event: PointerEvent, sites: readonly HeadSite[]): void {
    const [first] = sites
    if (event.button !== 0 || !first || !this.canTake(first)) return
    event.preventDefault()
    this.lab.hovered = null
    this.lab.painting = { over: sites, on: !this.isChosen(first) }
    if (sites.length === 1) this.focus(first)
  }

  enter(event: PointerEvent & { currentTarget: HTMLElement }, sites: readonly HeadSite[]): void {
    const { lab } = this
    const [site] = sites
    if (!site || !this.canTake(site)) return
    if (lab.painting) lab.painting = { ...lab.painting, over: [...lab.painting.over, ...sites] }
    else if (sites.length === 1 && !this.isChosen(site)) lab.hovered = site
    if (sites.length === 1) this.point(event.currentTarget, site)
  }

  leave(): void {
    this.lab.hovered = null
    this.pointed = null
  }

  point(cell: HTMLElement, site: HeadSite): void {
    const { right, bottom } = cell.getBoundingClientRect()
    this.pointed = { site, x: right, y: bottom }
  }

  keydown(event: KeyboardEvent, site: HeadSite): void {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key]
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (step) this.#step(site, step as [number, number], event.shiftKey)
    else if (event.key === ' ' || event.key === 'Enter') this.#toggle(site)
    else if (event.key === 'Delete' || event.key === 'Backspace') this.lab.clear()
    else if (event.key === 'Escape' && this.pointed) this.pointed = null
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  focus(site: HeadSite): void {
    this.active = site
    this.#grid
      ?.querySelector<HTMLElement>(`[data-site="${site.layer}.${site.head}.${site.position}"]`)
      ?.focus({ preventScroll: false })
  }

  #toggle(site: HeadSite): void {
    this.lab.hovered = null
    if (this.canTake(site)) this.lab.toggle(site)
  }

  #step(site: HeadSite, [down, right]: readonly [number, number], extends_: boolean): void {
    const { n_layers, n_heads, n_ctx } = this.config
    const row = site.layer * n_heads + site.head + down
    const position = site.position + right
    if (row < 0 || row >= n_layers * n_heads || position < 0 || position >= n_ctx) return
    const next = { layer: Math.floor(row / n_heads), head: row % n_heads, position }
    if (extends_) this.lab.addAll([site, next].filter((each) => this.canTake(each)))
    this.focus(next)
  }
}
