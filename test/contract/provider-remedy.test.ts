import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cpu, providersToTry } from '../../src/contract/provider-choice'
import { addsCudaToApp, addsCudaToClone, remedyFor } from '../../src/contract/provider-remedy'
import { root } from '../support/installed'

const clone = { platform: 'linux', addsCuda: addsCudaToClone }
const cuda = (failure: string, place = clone) => remedyFor('cuda', failure, place)

test.each(['linux', 'win32', 'darwin'])('every accelerator of %s says what it needs', (platform) => {
  for (const provider of providersToTry(platform).filter((one) => one !== cpu)) {
    const remedy = remedyFor(provider, '', { ...clone, platform })
    expect(remedy?.needs, provider).toBeTruthy()
    // Only Debian's kin know this command.
    if (platform !== 'linux') expect(remedy?.command, provider).toBeNull()
  }
  expect(remedyFor(cpu, '', clone)).toBeNull()
})

test('CUDA is added to a clone and to an installed app by a command each, and to an AppImage by none', () => {
  const missing = 'failed to load library libonnxruntime_providers_shared.so'
  expect(cuda(missing)?.command).toBe(addsCudaToClone)
  expect(existsSync(join(root, addsCudaToClone.split(' ')[1]!))).toBe(true)
  const app = addsCudaToApp('/opt/Carryscope/resources', false)
  expect(cuda(missing, { ...clone, addsCuda: app ?? '' })?.command).toMatch(
    /^sudo node "\/opt\/Carryscope\/resources\/app\.asar\.unpacked\/node_modules\/onnxruntime-node\/script\/install\.js" --.*=cuda12$/,
  )
  const image = remedyFor('cuda', missing, { platform: 'linux', addsCuda: addsCudaToApp('/tmp/.mount', true) })
  expect(image).toEqual({ needs: expect.stringMatching(/AppImage: install the \.deb$/) as string, command: null })
})

test.each([
  [
    'failed to load library /a/libonnxruntime_providers_cuda.so with error: libcublasLt.so.12: cannot open shared object file: No such file or directory',
    'sudo apt-get install cuda-toolkit-12 cudnn9-cuda-12',
  ],
  [
    'failed to load library /a/libonnxruntime_providers_cuda.so with error: libcudnn.so.9: cannot open shared object file: No such file or directory',
    'sudo apt-get install cuda-toolkit-12 cudnn9-cuda-12',
  ],
  [
    'CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version',
    'sudo apt-get install nvidia-driver',
  ],
  ['CUDA failure 100: no CUDA-capable device is detected', 'sudo apt-get install nvidia-driver'],
])('once its libraries are there, what is still missing is told from the failure: %s', (failure, command) => {
  expect(cuda(failure)?.command).toBe(command)
})
