#!/usr/bin/env bash
# apache-arrow 21.2.0, Arrow for JavaScript: toArray() of a half-precision column gives the bits as whole numbers, 15360 for 1, 14336 for 0.5, and
# 48128 for -1, while get() and iteration give the numbers. Observable Plot 0.6.17 reads columns by toArray(), and so draws, averages and colours
# the bits: negative activations lie above all positive ones, and an attention of 0.1 has 77% of the way to the colour of 1, for bits grow as
# a logarithm does, so that a sharp head looks diffuse. A column that has a missing value is read another way and is right. No error, no
# warning, and numbers in range by the look of it where the axis or the legend is left out. Half precision is what activations and
# patterns are stored in. toArray() also reads a missing loss as 0, or as what else lies there. Array.from(column), or float32, is the cure.
# Seen: the domain of halves 0.5, 1, 0.25, -1 is 13312 to 48128 and their mean 22784; as float32, or with a missing value, -1 to 1 and 0.1875.
# The cell of attention 0.1 has the colour that 0.773 has in float32; the mean of losses 2, none, 1 is 1 by toArray() and 1.5 by iteration.
# Source: https://github.com/apache/arrow-js/issues/105 tells of missing values; nothing found on halves, nor on what Plot draws of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --ignore-scripts apache-arrow@21.2.0 @observablehq/plot@0.6.17 linkedom@0.18.15 >/dev/null

cat >draw.mjs <<'JS'
import assert from 'node:assert/strict'
import * as Plot from '@observablehq/plot'
import { Float16, Float32, Table, tableFromIPC, tableToIPC, vectorFromArray } from 'apache-arrow'
import { parseHTML } from 'linkedom'
const { document } = parseHTML('<html></html>')

/** A table of these columns as a reader of an Arrow file has it. */
function read(columns, type) {
  const vectors = Object.entries(columns).map(([name, values]) => [name, vectorFromArray(values, type)])
  return tableFromIPC(tableToIPC(new Table(Object.fromEntries(vectors)), 'file'))
}
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
const domain = (table, mark) => Plot.plot({ document, marks: [mark(table)] }).scale('y').domain
const dots = (table) => Plot.dot(table, { x: 'step', y: 'activation' })
const average = (table) => Plot.ruleY(table, Plot.groupZ({ y: 'mean' }, { y: 'activation' }))

const step = [0, 1, 2, 3]
const activation = [0.5, 1, 0.25, -1]
const halves = read({ step, activation }, new Float16())
const singles = read({ step, activation }, new Float32())
const missing = read({ step: [...step, 4], activation: [...activation, null] }, new Float16())
const column = halves.getChild('activation')
console.log(`halves by toArray(): ${column.toArray()}; by iteration: ${Array.from(column)}`)
assert.deepEqual([...column.toArray()], [14336, 15360, 13312, 48128], 'toArray() gives other numbers now')
assert.deepEqual(Array.from(column), activation)
for (const [name, table, wanted, wantedMean] of [
  ['halves', halves, [13312, 48128], 22784],
  ['singles', singles, [-1, 1], 0.1875],
  ['halves with one missing', missing, [-1, 1], 0.1875],
]) {
  console.log(`Plot of ${name}: domain ${domain(table, dots)}, mean ${domain(table, average)[0]}`)
  assert.deepEqual(domain(table, dots), wanted, `Plot draws ${name} otherwise now`)
  assert.equal(domain(table, average)[0], wantedMean, `Plot averages ${name} otherwise now`)
}

/** The colour of each cell of a pattern, by Plot's scale for fill. */
function colours(pattern, type) {
  const chart = Plot.plot({ document, marks: [Plot.cell(read({ key: pattern.map((_, at) => at), pattern }, type), { x: 'key', fill: 'pattern' })] })
  return [...chart.querySelectorAll('rect')].map((cell) => cell.getAttribute('fill'))
}
const sharp = [0, 0.1, 1]
const bits = vectorFromArray(sharp, new Float16()).toArray()
const asDrawn = [0, bits[1] / bits[2], 1]
console.log(`attention ${sharp} as halves: cells ${colours(sharp, new Float16())}, which are those of ${asDrawn} as singles`)
console.log(`attention ${sharp} as singles: cells ${colours(sharp, new Float32())}`)
assert.deepEqual(colours(sharp, new Float16()), colours(asDrawn, new Float32()), 'Plot colours halves otherwise now')
assert.ok(Math.abs(asDrawn[1] - 0.773) < 0.001)

const losses = read({ loss: [2, null, 1] }, new Float32()).getChild('loss')
const known = Array.from(losses).filter((loss) => loss !== null)
console.log(`mean loss by toArray() ${mean(losses.toArray())}, by iteration ${mean(known)}`)
assert.equal(mean(losses.toArray()), 1, 'toArray() reads a missing value otherwise now')
assert.equal(mean(known), 1.5)
JS
node draw.mjs
