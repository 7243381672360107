/** Where the parts of this Carryscope are, absolute. */
export interface Installation {
  /** The program's version, as in `package.json`. */
  readonly version: string
  /** The built command line, to be run as a process of its own. */
  readonly commandEntry: string
  /** The built engine, to be run as a process of its own. */
  readonly engineEntry: string
  /** The built trial of an execution provider, to be run as a process of its own. */
  readonly trialEntry: string
  /** The built evaluator of every sum there is, to be run as a process of its own. */
  readonly evaluatorEntry: string
  /** The built background evaluation of every sum, to be run as a process of its own. */
  readonly jobEntry: string
  /** The built training, to be run as a process of its own. */
  readonly trainerEntry: string
  /** The folder of the built page. */
  readonly pageFolder: string
  /** The folder of the comparisons with other programs; only a clone has it. */
  readonly peersFolder: string
  /** The folder of the bundled models. */
  readonly modelsFolder: string
}
