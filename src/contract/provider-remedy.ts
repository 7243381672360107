/** What a provider that cannot be used needs here, and the one command that adds it where a command does. */
export interface Remedy {
  readonly needs: string
  readonly command: string | null
}

/** Where the engine runs, as far as it matters to a remedy. */
export interface RemedyPlace {
  /** As in `process.platform`. */
  readonly platform: string
  /** The command that adds onnxruntime's libraries for CUDA to this installation; null where nothing can be added to it. */
  readonly addsCuda: string | null
}

const script = 'node_modules/onnxruntime-node/script/install.js'
const flag = '--onnxruntime-node-install=cuda12'

/** As it is given in the folder of a clone. */
export const addsCudaToClone = `node ${script} ${flag}`

/** The same for the installed app with these resources; null for an AppImage, which is mounted to be read only. */
export function addsCudaToApp(resources: string, isAppImage: boolean): string | null {
  return isAppImage ? null : `sudo node "${resources}/app.asar.unpacked/${script}" ${flag}`
}

/** `failure`: why the provider could not be tried, from which it is read which of what it needs is missing. */
export function remedyFor(provider: string, failure: string, { platform, addsCuda }: RemedyPlace): Remedy | null {
  switch (provider) {
    case 'cuda':
      return cudaRemedy(failure, addsCuda)
    case 'webgpu':
      return platform === 'linux'
        ? { needs: 'a Vulkan driver for the graphics processor', command: 'sudo apt-get install mesa-vulkan-drivers' }
        : { needs: 'a current graphics driver', command: null }
    case 'dml':
      return { needs: 'a graphics driver for DirectX 12; its library is in the app', command: null }
    case 'coreml':
      return { needs: 'macOS on Apple silicon; its library is part of the system', command: null }
    default:
      return null
  }
}

/** Onnxruntime's libraries are looked for first, then those of CUDA that they are linked against, then a driver. */
function cudaRemedy(failure: string, addsCuda: string | null): Remedy {
  if (/driver version|no CUDA-capable device|libcuda\.so/.test(failure))
    return { needs: 'NVIDIA’s driver', command: 'sudo apt-get install nvidia-driver' }
  if (/lib(cu(blas|dart|fft|rand|dnn)|nv)\w*\.so/.test(failure))
    return {
      needs: 'CUDA 12 and cuDNN 9, which NVIDIA’s package repository has',
      command: 'sudo apt-get install cuda-toolkit-12 cudnn9-cuda-12',
    }
  const libraries = 'NVIDIA’s driver, CUDA 12 with cuDNN 9, and three libraries of onnxruntime'
  return addsCuda === null
    ? { needs: `${libraries}, which cannot be added to an AppImage: install the .deb`, command: null }
    : { needs: `${libraries}, which this command fetches`, command: addsCuda }
}
