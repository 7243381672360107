/** Nats that a scale of loss differences reaches at least: a table of millionths must not look like one of nats. */
export const leastLossLimit = 0.1
