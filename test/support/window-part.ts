import { render } from '@testing-library/svelte'
import type { Component } from 'svelte'
import { Application } from '../../src/renderer/state/application.svelte'
import type { Bridge } from '../../src/contract/bridge'
import type { Explorer } from '../../src/renderer/state/explorer.svelte'
import { FakeEngine, fakeBridge } from './fake-engine'
import WithExplorer from './WithExplorer.svelte'

/** Puts a part of the window on a page with a model that is open, and waits for the first answers. */
export async function showPart(
  part: Component<{ application: Application }>,
  engine = new FakeEngine(),
  bridge: Bridge = fakeBridge(),
  props: Record<string, unknown> = {},
): Promise<{ explorer: Explorer; application: Application; engine: FakeEngine }> {
  fillIn()
  const application = new Application(engine, bridge)
  await application.start()
  const explorer = application.explorer!
  render(WithExplorer, { application, explorer, part, rest: props })
  return { explorer, application, engine }
}

/** What jsdom lacks and the window uses; none of it shows in a test. */
export function fillIn(): void {
  const nothing = () => undefined
  HTMLCanvasElement.prototype.getContext = () => unseen as never
  window.matchMedia = () => ({ matches: false, addEventListener: nothing, removeEventListener: nothing }) as never
  class Observer {
    observe(_: Element): void {}
    unobserve = nothing
    disconnect = nothing
  }
  globalThis.ResizeObserver = class extends Observer {
    constructor(private readonly told: ResizeObserverCallback) {
      super()
    }
    override observe(target: Element): void {
      const contentRect = { width: target.clientWidth || 400, height: target.clientHeight || 300 }
      this.told([{ target, contentRect } as ResizeObserverEntry], this)
    }
  }
  // A test that wants its parts to be on screen has one of its own.
  if (!('IntersectionObserver' in globalThis)) Object.assign(globalThis, { IntersectionObserver: Observer })
}

/** A canvas's context that takes whatever is drawn. */
const unseen: object = new Proxy(
  {
    measureText: (text: string) => ({ width: 6 * text.length }),
    createImageData: (width: number, height: number) => ({ data: new Uint8ClampedArray(4 * width * height) }),
  },
  { get: (known, name): unknown => Reflect.get(known, name) ?? (() => undefined) },
)
