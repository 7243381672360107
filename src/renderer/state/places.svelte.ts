import type { Workspace } from '../../session/session'
import type { SessionState } from './session.svelte'

/** A panel, by the workspace that it stands in and the id of what it shows. */
export interface PanelPlace {
  readonly workspace: Workspace
  readonly figure: string
}

/** Where a person asked to be taken: a workspace goes there once it has what is wanted. */
export class Places {
  /** The section that a workspace of figures is to scroll to, by id. */
  section = $state<string | null>(null)
  /** The panel that is to be scrolled to and focused. */
  panel = $state.raw<PanelPlace | null>(null)

  constructor(private readonly session: SessionState) {}

  goToSection(workspace: Workspace, section: string): void {
    this.section = section
    this.session.show({ stage: false, workspace })
  }

  goToPanel(panel: PanelPlace): void {
    this.panel = panel
    this.session.show({ stage: false, workspace: panel.workspace })
  }

  /** Whether a panel is the one that is wanted, and on screen; it is wanted no more then. */
  take({ workspace, figure }: PanelPlace): boolean {
    const { panel, session } = this
    const isHere = session.view.workspace === workspace && !session.view.stage
    if (!isHere || panel?.workspace !== workspace || panel.figure !== figure) return false
    this.panel = null
    return true
  }
}
