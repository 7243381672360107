#!/usr/bin/env bash
# ECharts 6.1.0: its boxplot transform, which makes five numbers of a row of values, counts a missing one as well: null as 0, and "-", NaN and undefined as
# something of no size that moves the quartiles up and leaves no maximum. Everywhere else in ECharts all four mean that there is no
# datum. JSON has no NaN, and writes null for the loss of a run that diverged: of five seeds the worst then becomes the best, and the whisker
# ends at 0; where all differences are negative, 0 is their maximum. A row that was measured less often, filled up with null to be as long as the
# others, has its median pulled to 0. No error, no warning, and bars and lines of the same rows are right. To filter each row before it is the cure.
# Seen: of losses 1, 2, 3, 4 and 5 quartiles are 2, 3 and 4; with null as a sixth 1.25, 2.5 and 3.75, the minimum 0; with "-" 2.25, 3.5 and 4.75 and
# NaN for the maximum. Of -1, -2, -3, -5 and null the maximum is 0. A bar of null is none.
# Source: nothing found.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --ignore-scripts "echarts@6.1.0" >/dev/null

cat >box.mjs <<'JS'
import assert from 'node:assert/strict'
import * as echarts from 'echarts'

/** What a series is given to draw: the values of its first datum, and how many shapes a bar chart of the row has. */
function given(row) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 300 })
  let values
  chart.setOption({
    animation: false,
    dataset: [{ source: [row] }, { transform: { type: 'boxplot' } }],
    xAxis: { type: 'category' },
    yAxis: {},
    series: [
      {
        type: 'custom',
        datasetIndex: 1,
        encode: { x: 0, y: [1, 2, 3, 4, 5] },
        renderItem: (_, api) => {
          values = [1, 2, 3, 4, 5].map((dimension) => api.value(dimension))
        },
      },
    ],
  })
  chart.renderToSVGString()
  chart.dispose()
  return values
}

function bars(row) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 300 })
  chart.setOption({ animation: false, xAxis: { type: 'category' }, yAxis: { show: false }, series: [{ type: 'bar', data: row, itemStyle: { color: '#123456' } }] })
  const count = chart.renderToSVGString().match(/fill="#123456"/g).length
  chart.dispose()
  return count
}

assert.equal(JSON.stringify([Number.NaN]), '[null]')
for (const [row, wanted] of [
  [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5]],
  [[1, 2, 3, 4, 5, null], [0, 1.25, 2.5, 3.75, 5]],
  [[1, 2, 3, 4, 5, null, null, null], [0, 0, 1.5, 3.25, 5]],
  [[-1, -2, -3, -5, null], [-5, -3, -2, -1, 0]],
  [[1, 2, 3, 4, 5, '-'], [1, 2.25, 3.5, 4.75, Number.NaN]],
  [[1, 2, 3, 4, 5, Number.NaN], [1, 2.25, 3.5, 4.75, Number.NaN]],
  [[1, 2, 3, 4, 5, undefined], [1, 2.25, 3.5, 4.75, Number.NaN]],
]) {
  const known = row.filter((value) => Number.isFinite(value))
  console.log(`echarts ${echarts.version}, boxplot of ${row.map(String).join(', ')}: ${given(row).join(', ')}; without what is missing ${given(known).join(', ')}; ${bars(row)} bars`)
  assert.deepEqual(given(row), wanted, 'the boxplot transform counts missing values otherwise now')
  assert.equal(bars(row), known.length, 'bars of missing values are drawn now')
}
JS
node box.mjs
