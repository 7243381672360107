import { renameTable, type RunNames } from '../../charts/drawing/run-names'
import type { Table } from '../../charts/drawing/table'
import { formatSum } from '../../core/sum-text'
import { formatIntervention } from '../../model/intervention-text'
import { commandText, layoutToSay } from '../../report/command-text'
import { fileName } from '../../report/file-name'
import type { transformerLensSnippet } from '../../snippets/transformer-lens-snippet'
import type { MenuItem } from '../parts/panel'
import type { Explorer } from '../state/explorer.svelte'
import { copy, saveBlob } from './deliver'
import { formats, type Format } from './formats'
import { isAsked, type FigureState, type Shown } from './shown'

/** How the last copying or saving ended. */
export interface Outcome {
  readonly sentence: string
  readonly refused: boolean
}

/** How long a success is told of. */
const tellMs = 2500

/**
 * A panel's figure as something to take away: as a picture, as numbers, as the command and as the code that give them. The
 * component that draws it gives the picture, the panel everything else; each is asked for when an item is chosen.
 */
export class Figure {
  /** The picture on screen; null while there is none. A figure that is a table never has one. */
  shown: (() => Shown) | null = null
  #outcome = $state.raw<Outcome | null>(null)
  readonly now: FigureState
  /** Derived, so that the menu stays the same while the numbers change. */
  readonly #isAsked: boolean
  /** The items of the `⋯` menu. */
  readonly menu: readonly MenuItem[]

  /** To be made while a component is being set up. */
  constructor(
    readonly explorer: Explorer,
    state: () => FigureState,
  ) {
    this.now = $derived(state())
    this.#isAsked = $derived(isAsked(this.now.figure))
    this.menu = $derived(this.#items(this.#isAsked))
  }

  /** What the two runs that it shows are called. */
  get names(): RunNames {
    return this.now.names ?? this.explorer.runs.settledNames
  }

  get table(): Table | null {
    const { table } = this.now
    return table && renameTable(table, this.names)
  }

  get outcome(): Outcome | null {
    return this.#outcome
  }

  #items(asked: boolean): readonly MenuItem[] {
    return [
      ...formats.map((format) => ({ label: `Copy as ${format.name}`, run: () => void this.#copy(format) })),
      ...formats.map((format, index) => ({
        label: `Save as ${format.name}`,
        rule: index === 0,
        run: () => void this.#save(format),
      })),
      ...(asked ? [{ label: 'Copy TransformerLens code', rule: true, run: () => this.copyCode() }] : []),
      { label: 'Copy command', rule: !asked, run: () => this.copyCommand() },
    ]
  }

  /** Python that gives the figure's numbers, as `write` writes it; null while nothing is asked. */
  code(write: typeof transformerLensSnippet): string | null {
    const { figure, params } = this.now
    if (!isAsked(figure)) return null
    return params && write({ id: figure.analysis, params, model: this.explorer.model })
  }

  /** The command that gives the figure's numbers; null while nothing is asked. */
  get command(): string | null {
    const { figure, params, given } = this.now
    const { model, config } = this.explorer
    if (!isAsked(figure)) return given?.command ?? null
    return params && commandText(figure.analysis, params, config, model.path, layoutToSay(model))
  }

  copyCode(): void {
    const written = snippetWriter().then((write) => this.code(write) ?? '')
    void this.#copyText('TransformerLens code', this.now.params && written)
  }

  copyCommand(): void {
    void this.#copyText('command', this.command === null ? null : Promise.resolve(this.command))
  }

  dismiss(): void {
    this.#outcome = null
  }

  #copyText(name: string, text: Promise<string> | null): Promise<void> {
    return this.#attempt(`Copied the ${name}.`, `The clipboard did not take the ${name}`, () =>
      text === null ? null : copy('text/plain', text),
    )
  }

  #copy(format: Format): Promise<void> {
    return this.#attempt(`Copied as ${format.name}.`, `The clipboard did not take the ${format.name}`, () =>
      this.now.table ? copy(format.clipboardType, format.make(this)) : null,
    )
  }

  #save(format: Format): Promise<void> {
    return this.#attempt(`Saved as ${format.name}.`, `The ${format.name} could not be made`, () =>
      this.now.table ? this.#saved(format) : null,
    )
  }

  async #saved(format: Format): Promise<void> {
    saveBlob(`${this.#name}.${format.ending}`, new Blob([await format.make(this)], { type: format.type }))
  }

  /** `step 500`, where the window shows a checkpoint in place of the model; Train's own figures have their steps as parts. */
  get step(): string {
    const { session, training } = this.explorer
    const { step = null } = (session.view.workspace === 'train' ? null : training.film.away) ?? {}
    return step === null ? '' : `step ${step}`
  }

  /** `dla-C0-2968+1606-as-published-step-500`. */
  get #name(): string {
    const { figure, params, part = '' } = this.now
    const sum = params?.sum ? formatSum(params.sum, this.explorer.config.layout) : ''
    const under = (params?.interventions ?? []).map((one) => formatIntervention(one, this.explorer.config))
    // Names of files are short on every system.
    const acting = under.length > 2 ? [`${under.length}-interventions`] : under
    return fileName([
      ...[figure.id, part, sum, ...acting, params?.definition === 'notebook' ? 'as published' : ''],
      this.step,
    ])
  }

  /** Does `work` and tells how it ended; null from it says that there is nothing to be had yet. */
  async #attempt(done: string, refused: string, work: () => Promise<void> | null): Promise<void> {
    try {
      const working = work()
      await working
      this.#tell(working ? { sentence: done, refused: false } : nothingYet)
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
      this.#tell({ sentence: `${refused}: ${reason}. Try again, or take it as a file.`, refused: true })
    }
  }

  #tell(outcome: Outcome): void {
    this.#outcome = outcome
    if (!outcome.refused) setTimeout(() => this.#outcome === outcome && this.dismiss(), tellMs)
  }
}

/** What writes a figure's Python: read when somebody wants to see it. */
export async function snippetWriter(): Promise<typeof transformerLensSnippet> {
  return (await import('../../snippets/transformer-lens-snippet')).transformerLensSnippet
}

const nothingYet: Outcome = { sentence: 'There is nothing to take yet: wait for the first answer.', refused: true }
