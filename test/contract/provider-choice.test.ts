import { expect, test } from 'vitest'
import { chooseProviders, providersToTry, type ProviderTrial } from '../../src/contract/provider-choice'

const cpu: ProviderTrial = { provider: 'cpu', maxDifference: 0, liveMs: 0.2, sweepSums: 256, sumsPerSecond: 40_000 }
const gpu: ProviderTrial = {
  provider: 'cuda',
  maxDifference: 1e-5,
  liveMs: 1.5,
  sweepSums: 256,
  sumsPerSecond: 500_000,
}

test.each([
  ['linux', ['cpu', 'cuda', 'webgpu']],
  ['win32', ['cpu', 'dml', 'webgpu']],
  ['darwin', ['cpu', 'coreml', 'webgpu']],
  ['freebsd', ['cpu']],
])('on %s the CPU is tried first, then what the platform has', (platform, expected) => {
  expect(providersToTry(platform)).toEqual(expected)
})

test('each use gets the provider that is fastest for it', () => {
  expect(chooseProviders([cpu, gpu])).toEqual({ live: 'cpu', sweep: 'cuda', notices: [] })
})

test('a sweep counts all processes of the CPU against one of an accelerator', () => {
  const slower = { ...gpu, sumsPerSecond: 100_000 }
  expect(chooseProviders([cpu, slower], { cpuProcesses: 2 }).sweep).toBe('cuda')
  expect(chooseProviders([cpu, slower], { cpuProcesses: 3 }).sweep).toBe('cpu')
})

test('at equal speed the CPU is chosen', () => {
  const equal = { ...cpu, provider: 'webgpu' }
  expect(chooseProviders([equal, cpu])).toEqual({ live: 'cpu', sweep: 'cpu', notices: [] })
})

test.each([1e-3, 0.2, Infinity, NaN])(
  'a provider that is off by %d logits is refused, however fast',
  (maxDifference) => {
    const choice = chooseProviders([cpu, { ...gpu, liveMs: 0.01, maxDifference }])
    expect(choice).toMatchObject({ live: 'cpu', sweep: 'cpu' })
    expect(choice.notices).toHaveLength(1)
    expect(choice.notices[0]).toMatch(
      /"cuda" is not used: its logits differ from the CPU's by .*0\.001 is tolerated\.$/,
    )
  },
)

test('a provider that fails is named with its reason, and the CPU does the work', () => {
  const choice = chooseProviders([cpu, { provider: 'webgpu', failure: 'no adapter was found' }])
  expect(choice).toEqual({
    live: 'cpu',
    sweep: 'cpu',
    notices: ['The execution provider "webgpu" is not used: no adapter was found.'],
  })
})

test('where even the trial of the CPU fails, nothing better is known', () => {
  expect(chooseProviders([{ provider: 'cpu', failure: 'its process ended by SIGKILL' }]).live).toBe('cpu')
})
