/** What a provider that cannot be used needs here, and the one command that adds it where a command does. */
export interface Remedy {
  readonly needs: string
  readonly command: string | null
}

const script = 'node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12'

/** `installed`: whether the app was installed from a package, as opposed to a clone of the project. */
export function remedyFor(provider: string, installed: boolean): Remedy | null {
  const remedies: Readonly<Record<string, Remedy>> = {
    cuda: {
      needs: 'NVIDIA’s driver, CUDA 12 with cuDNN 9, and three libraries of onnxruntime, which this command fetches',
      command: installed ? `sudo node /opt/Carryscope/resources/app.asar.unpacked/${script}` : `node ${script}`,
    },
    webgpu: {
      needs: 'a Vulkan driver for the graphics processor on Linux, a current graphics driver elsewhere',
      command: 'sudo apt-get install mesa-vulkan-drivers',
    },
    dml: { needs: 'a graphics driver for DirectX 12; its library is in the app', command: null },
    coreml: { needs: 'macOS on Apple silicon; its library is part of the system', command: null },
  }
  return remedies[provider] ?? null
}
