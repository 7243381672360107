import type { AnalysisParams } from '../analyses/registry'
import { parseSum } from '../core/sum-text'
import type { ModelConfig } from '../model/config'
import { parseIntervention } from '../model/intervention-text'
import { oneOf, parseWholeNumber } from '../core/written-values'

/** Options as they were written, by their name in camelCase; those that may be repeated are lists. */
export type WrittenOptions = Readonly<Record<string, string | readonly string[] | boolean | undefined>>

interface AnalysisOption<Value> {
  /** As commander takes them, each with its help. */
  readonly flags: readonly (readonly [flags: string, help: string])[]
  readonly repeats?: boolean
  /** Throws BadInput. Undefined where nothing was written, and where there is no default. */
  read(written: WrittenOptions, config: ModelConfig): Value | undefined
}

/** How each parameter of an analysis is written on the command line. One without an option does not compile. */
export const analysisOptions: {
  readonly [Key in keyof Required<AnalysisParams>]: AnalysisOption<Required<AnalysisParams>[Key]>
} = {
  sum: {
    flags: [['--sum <sum>', 'the sum, for an analysis of one: 2968+1606']],
    read: ({ sum }, { layout }) => oneText(sum, (text) => parseSum(text, layout)),
  },
  dataset: {
    flags: [
      ['--sums <number>', 'how many sums to draw (default: 1000)'],
      ['--seed <number>', 'the seed they are drawn with, as torch draws them (default: 42)'],
    ],
    read: ({ sums = '1000', seed = '42' }) => ({
      size: parseWholeNumber(String(sums), 'The number of sums', 1, 1_000_000),
      seed: parseWholeNumber(String(seed), 'The seed', 0, 0xffffffff),
    }),
  },
  subset: {
    flags: [
      [
        '--subset <subset>',
        'all, carries, non-carries or a column pattern such as *P*G, its highest column first; also cascade:N',
      ],
    ],
    read: ({ subset }) => oneText(subset, (text) => text),
  },
  meanOver: {
    flags: [
      ['--mean-over <set>', 'what means are taken over: subset (default), all, or reference (1000 sums, seed 42)'],
    ],
    read: ({ meanOver }) => choice(meanOver, ['subset', 'all', 'reference'], 'choice for --mean-over'),
  },
  mode: {
    flags: [['--mode <mode>', 'what a sweep replaces activations by: zero, mean (default) or resample']],
    read: ({ mode }) => choice(mode, ['zero', 'mean', 'resample'], 'mode'),
  },
  side: {
    flags: [
      ['--side <side>', 'for "position-ablation": ablates what a head writes there (write, default) or reads (read)'],
    ],
    read: ({ side }) => choice(side, ['write', 'read'], 'side'),
  },
  interventions: {
    flags: [['--ablate <intervention>', 'H0.1:q:mean, H0.0:result@C1:patch=1234+4321, …; may be repeated']],
    repeats: true,
    read: ({ ablate }, config) => listed(ablate)?.map((text) => parseIntervention(text, config)),
  },
  definition: {
    flags: [['--definition <definition>', 'corrected (default) or notebook, to reproduce a published figure']],
    read: ({ definition }) => choice(definition, ['corrected', 'notebook'], 'definition'),
  },
  examples: {
    flags: [
      [
        '--examples <number>',
        'of how many sums "dataset", "performance", "path-dla-batch" and "transplant" tell one by one',
      ],
    ],
    read: ({ examples }) => oneText(examples, (text) => parseWholeNumber(text, 'The number of examples', 1, 20_000)),
  },
  tensors: {
    flags: [
      [
        '--tensor <name>',
        'a parameter that "weights" returns, such as W_Q, or a tensor of "ov-circuit"; may be repeated',
      ],
    ],
    repeats: true,
    read: ({ tensor }) => listed(tensor),
  },
  at: {
    flags: [['--at <site>', 'for "transplant": a site that is taken from the donor, as in H0.0@C1; may be repeated']],
    repeats: true,
    read: ({ at }) => listed(at),
  },
  of: {
    flags: [['--of <activation>', 'for "transplant": q, k, v, pattern, z or result (default) of the sites']],
    read: ({ of }) => choice(of, ['q', 'k', 'v', 'pattern', 'z', 'result'], 'activation'),
  },
  moves: {
    flags: [['--moves <variable>', 'for "transplant": what should move: carry:C2, class:2 or sum:3; may be repeated']],
    repeats: true,
    read: ({ moves }) => listed(moves),
  },
  via: {
    flags: [
      ['--via <pieces>', 'for "transplant": acts through these alone: q, k, v, pattern, pattern+v, direct, q@H1.2'],
    ],
    read: ({ via }) => oneText(via, (text) => text),
  },
  binary: {
    flags: [['--binary', 'for "transplant": a moved class knows only carry or none']],
    read: ({ binary }) => (binary === true ? true : undefined),
  },
  hook: {
    flags: [['--hook <name>', 'for "probe": what is read, as in blocks.0.hook_resid_post']],
    read: ({ hook }) => oneText(hook, (text) => text),
  },
  position: {
    flags: [['--position <token>', 'for "probe": where it is read, as in B3']],
    read: ({ position }) => oneText(position, (text) => text),
  },
  target: {
    flags: [['--target <fact>', 'for "probe": what is to be told: carryIn:C1, class:2, sum:3 or digit:A2']],
    read: ({ target }) => oneText(target, (text) => text),
  },
}

/** The name under which commander keeps what was written at `--mean-over <set>`: `meanOver`. */
export function nameOfFlag(flags: string): string {
  const words = flags.slice(2).split(' ')[0]!.split('-')
  return words.map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('')
}

type Written = WrittenOptions[string]

function oneText<Value>(written: Written, read: (text: string) => Value): Value | undefined {
  return typeof written === 'string' ? read(written) : undefined
}

function choice<const T extends string>(written: Written, choices: readonly T[], kind: string): T | undefined {
  return oneText(written, (text) => oneOf(choices, kind, text))
}

function listed(written: Written): readonly string[] | undefined {
  return typeof written === 'object' ? written : undefined
}
