import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const descriptions = [
  '/usr/lib/chromium',
  '/usr/lib64/chromium',
  '/usr/lib/chromium-browser',
  '/opt/google/chrome',
].map((folder) => join(folder, 'vk_swiftshader_icd.json'))

/**
 * The environment in which Vulkan runs on SwiftShader, the software driver that Debian's chromium package brings together
 * with a Vulkan loader; null where it is not installed.
 */
export function swiftShader(): Record<string, string> | null {
  const description = descriptions.find((path) => existsSync(path))
  return description ? { VK_ICD_FILENAMES: description, LD_LIBRARY_PATH: dirname(description) } : null
}
