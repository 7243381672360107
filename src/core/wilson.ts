/** Of a standard normal distribution, 2.5 % lie above. */
const quantile = 1.959964

/** The 95 % interval of a share of which `count` of `n` independent draws were seen (Wilson, 1927): lowest and highest. */
export function wilsonInterval(count: number, n: number): [number, number] {
  const share = count / n
  const weight = quantile ** 2 / n
  const centre = (share + weight / 2) / (1 + weight)
  const reach = (quantile * Math.sqrt((share * (1 - share)) / n + weight / (4 * n))) / (1 + weight)
  return [Math.max(0, centre - reach), Math.min(1, centre + reach)]
}
