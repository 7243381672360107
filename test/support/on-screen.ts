/** For a page without layout: everything is on the screen. To be called before a part is shown. */
export function everythingOnScreen(): void {
  globalThis.IntersectionObserver = class {
    constructor(private readonly told: (entries: { isIntersecting: boolean }[]) => void) {}
    observe(): void {
      queueMicrotask(() => this.told([{ isIntersecting: true }]))
    }
    unobserve(): void {}
    disconnect(): void {}
  } as never
}
