import type { Bridge } from '../../contract/bridge'
import type { ModelSource } from '../state/application.svelte'

/** The model that dropped or chosen files stand for: by path where the host knows it, else the bytes. Null without one. */
export async function sourceOfFiles(files: FileList, bridge: Bridge): Promise<ModelSource | null> {
  const file = files[0]
  if (!file) return null
  const path = bridge.pathOf(file)
  return path === '' ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : { path }
}
