#!/usr/bin/env bash
# ECharts 6.1.0: in a custom series, what is drawn of a datum keeps the x, y, rotation and scale of what was drawn of it before, even where
# that was an element of another kind and nothing else is left of it, and even where the option is set with notMerge. A datum that was
# a text (placed by x, y and rotation) and becomes a rect (placed by its shape) stands where no code puts it. So a chart that is
# updated live, such as cells of an attention pattern that give way to labels, shows another picture than the same option drawn
# afresh for a file or by the server, without a warning. Saying x: 0, y: 0 and rotation: 0 with every element avoids it, as does
# placing texts by x and y of their style.
# Seen: the updated rect is turned by an eighth of a circle and moved by 100, 80, with or without merging; drawn afresh it is not.
set -euo pipefail
version=6.1.0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --ignore-scripts "echarts@$version" >/dev/null

cat >draw.cjs <<'JS'
const echarts = require('echarts')
const frame = { type: 'rect', shape: { x: 10, y: 20, width: 30, height: 40 }, style: { fill: '#123456' } }
const label = { type: 'text', x: 100, y: 80, rotation: Math.PI / 4, style: { text: 'B3', fill: '#123456' } }
const option = (element) => ({
  animation: false,
  series: [{ type: 'custom', coordinateSystem: 'none', data: [[0, 0]], renderItem: () => element }],
})

/** Where the rect is put after these elements were drawn one after another, of the same datum. */
function frameAfter(elements, replaceAll = false) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 200, height: 150 })
  for (const element of elements) {
    chart.setOption(option(element), replaceAll)
    chart.renderToSVGString()
  }
  const path = /<path[^>]*fill="#123456"[^>]*>/.exec(chart.renderToSVGString())[0]
  chart.dispose()
  return /transform="([^"]*)"/.exec(path)?.[1] ?? 'none'
}

console.log(`drawn afresh: ${frameAfter([frame])}`)
console.log(`after a text: ${frameAfter([label, frame])}`)
console.log(`after a text, nothing merged: ${frameAfter([label, frame], true)}`)
console.log(`after a text, its place said: ${frameAfter([label, { ...frame, x: 0, y: 0, rotation: 0 }])}`)
JS
said=$(node draw.cjs)
echo "$said"
wanted='drawn afresh: none
after a text: matrix(0.707,-0.707,0.707,0.707,100,80)
after a text, nothing merged: matrix(0.707,-0.707,0.707,0.707,100,80)
after a text, its place said: none'
[ "$said" = "$wanted" ] || { echo 'changed: a mark no longer stands where one of another kind stood'; exit 1; }
