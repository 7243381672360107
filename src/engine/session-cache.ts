import type { InferenceSession } from './onnxruntime'
import { ResourceCache } from './resource-cache'

/** Keeps the `capacity` most recently used onnxruntime sessions. */
export class SessionCache extends ResourceCache<InferenceSession> {
  constructor(capacity: number) {
    super(capacity, (session) => session.release())
  }
}
