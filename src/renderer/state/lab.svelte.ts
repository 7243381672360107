import { sumDataset } from '../../core/dataset'
import type { HeadSite } from '../../core/head-site'
import type { Sum } from '../../core/sum'
import type { ModelInfo } from '../../contract/contract'
import type { LabSection, LabState } from '../../session/lab'
import { sumOfDigits } from '../../session/session'
import { labSectionsOf } from '../lab/sections'
import { otherCarryDonor } from './lab-donor'
import type { SessionState } from './session.svelte'

/** The carry lab: what is moved from which sum into the sum on screen, as chosen or, until then, by itself. */
export class Lab {
  /** The first sums of the reference set, of which a donor is drawn until one is chosen. */
  readonly #drawn: readonly Sum[]

  constructor(
    private readonly session: SessionState,
    private readonly model: ModelInfo,
    private readonly sum: () => Sum | null,
  ) {
    this.#drawn = sumDataset(model.reference, model.config.layout)
  }

  get state(): LabState {
    return this.session.analysis.lab
  }

  get section(): LabSection {
    return this.session.view.labSection
  }

  /** The donor as chosen, else the first drawn whose carry into the focus digit is another; null while it is incomplete. */
  get donor(): Sum | null {
    const { layout } = this.model.config
    const { donor } = this.state
    if (donor) return sumOfDigits(donor, layout)
    const sum = this.sum()
    return sum && otherCarryDonor(this.#drawn, sum, this.session.analysis.focus, layout)
  }

  /** What is taken from the donor's run. */
  get sites(): readonly HeadSite[] {
    return this.state.sites ?? []
  }

  /** The digits in which the prediction lets the carry move. */
  get moves(): readonly number[] {
    return this.state.moves ?? [this.session.analysis.focus]
  }

  /** Changes what is set up on the bench, as one step that can be undone. */
  change(parts: Partial<LabState>): void {
    this.session.change({ lab: { ...this.state, ...parts } })
  }

  /** Goes to a section of the lab, from wherever. */
  show(section: LabSection): void {
    this.session.show({ stage: false, workspace: 'lab', labSection: section })
  }

  /** The section after the present one, or before. */
  step(by: number): void {
    const ids = labSectionsOf(this.model.config).map(({ id }) => id)
    this.show(ids[(ids.indexOf(this.section) + by + ids.length) % ids.length]!)
  }
}
