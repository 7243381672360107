/** What an execution provider did with the model at hand, as measured on this machine. */
export interface ProviderTrial {
  readonly provider: string
  /** Largest difference of any logit from the CPU's, over the batch of the trial. */
  readonly maxDifference: number
  /** Median milliseconds for one sum with every hook read out, as a keystroke wants them. */
  readonly liveMs: number
  /** How many sums the batch of a sweep had: fewer where a provider is too slow to wait for. */
  readonly sweepSums: number
  /** Sums per second of one process in such batches. */
  readonly sumsPerSecond: number
}

/** A provider that could not be tried to the end, and why, as a part of a sentence. */
export interface FailedTrial {
  readonly provider: string
  readonly failure: string
}

export interface ProviderChoice {
  /** For one sum at a time. */
  readonly live: string
  /** For sweeps and background work. */
  readonly sweep: string
  /** One sentence for each provider that was left aside. */
  readonly notices: readonly string[]
}

/** A provider whose logits are further than this from the CPU's is not used. */
export const largestDifference = 1e-3

export const cpu = 'cpu'

/** Whether what was asked for is computed on the CPU. */
export function isCpu(asked: { readonly provider?: string } | undefined): boolean {
  return (asked?.provider ?? cpu) === cpu
}

/** The providers that are tried on a platform (`process.platform`), in this order; the CPU always and first. */
export function providersToTry(platform: string): readonly string[] {
  const accelerators: Record<string, readonly string[]> = {
    linux: ['cuda', 'webgpu'],
    win32: ['dml', 'webgpu'],
    darwin: ['coreml', 'webgpu'],
  }
  return [cpu, ...(accelerators[platform] ?? [])]
}

/**
 * The fastest provider for each use among those that agree with the CPU. Sweeps run in `cpuProcesses` processes on the
 * CPU, but in one on an accelerator, which they would only share. Equal speed, or no trial that succeeded, means the CPU.
 */
export function chooseProviders(
  trials: readonly (ProviderTrial | FailedTrial)[],
  { cpuProcesses = 1 }: { cpuProcesses?: number } = {},
): ProviderChoice {
  const right = trials
    .filter(succeeded)
    .filter(({ maxDifference }) => maxDifference < largestDifference)
    .toSorted((a, b) => Number(b.provider === cpu) - Number(a.provider === cpu))
  const rate = ({ provider, sumsPerSecond }: ProviderTrial): number =>
    provider === cpu ? sumsPerSecond * cpuProcesses : sumsPerSecond
  return {
    live: right.toSorted((a, b) => a.liveMs - b.liveMs)[0]?.provider ?? cpu,
    sweep: right.toSorted((a, b) => rate(b) - rate(a))[0]?.provider ?? cpu,
    notices: trials.map(reasonAgainst).filter((notice) => notice !== null),
  }
}

/** Whether a trial was carried to its end; its numbers may still speak against the provider. */
export function succeeded(trial: ProviderTrial | FailedTrial): trial is ProviderTrial {
  return !('failure' in trial)
}

function reasonAgainst(trial: ProviderTrial | FailedTrial): string | null {
  if (!succeeded(trial)) return `The execution provider "${trial.provider}" is not used: ${trial.failure}.`
  if (trial.maxDifference < largestDifference) return null
  return `The execution provider "${trial.provider}" is not used: its logits differ from the CPU's by ${trial.maxDifference.toPrecision(2)}, and at most ${largestDifference} is tolerated.`
}
