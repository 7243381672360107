import { expect, test } from 'vitest'
import { cpu, providersToTry } from '../../src/contract/provider-choice'
import { remedyFor } from '../../src/contract/provider-remedy'

test.each(['linux', 'win32', 'darwin'])('every accelerator of %s says what it needs', (platform) => {
  for (const provider of providersToTry(platform).filter((one) => one !== cpu))
    expect(remedyFor(provider, true)?.needs, provider).toBeTruthy()
  expect(remedyFor(cpu, true)).toBeNull()
})

test('CUDA is added to a clone and to an installed app by a command each', () => {
  expect(remedyFor('cuda', false)?.command).toMatch(/^node node_modules\/.*=cuda12$/)
  expect(remedyFor('cuda', true)?.command).toMatch(
    /^sudo node \/opt\/Carryscope\/resources\/app\.asar\.unpacked\/.*=cuda12$/,
  )
})
