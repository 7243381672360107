import type { Intervention } from './intervention'

/**
 * The same intervention a step earlier. A head's result is z @ W_O without a bias, so replacing z by zero, its mean or
 * another sum's is replacing the result by zero, its mean or the other sum's; and the heads then need not be computed one
 * by one. Only `hook_z` itself shows the difference.
 */
export function throughZ(intervention: Intervention): Intervention {
  return intervention.site === 'result' ? { ...intervention, site: 'z' } : intervention
}
