#!/usr/bin/env bash
# onnxruntime-node 1.30.0 on Linux has telemetry, and it is on by default. To create one session of a one-node model is enough
# for it to leave a persistent device id and a database of events under the user's cache folder, and two files in the temporary
# folder, one with a guessable name. ORT_DISABLE_TELEMETRY=1, set before the library is loaded, stops all of it; under CI=1 none of it is seen,
# so that no hosted test notices. Whoever runs unpublished models offline has to know.
#
# Seen on Debian, x64, Node 20: without a variable
#   home/.cache/Microsoft/DeveloperTools/.onnxruntime/deviceid, …/onnxruntime.db, tmp/mat-debug-PID.log, tmp/.ses
# and nothing with CI=1 or ORT_DISABLE_TELEMETRY=1. ORT_DISABLE_TELEMETRY=0 leaves them too.
set -euo pipefail
version=1.30.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-save --ignore-scripts "onnxruntime-node@$version" >/dev/null

cat >one-session.cjs <<'JS'
// A model of one Identity node, as ONNX's protobuf, written out by hand.
const { InferenceSession } = require('onnxruntime-node')
const bytes = (field, ...parts) => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)))
  return Buffer.concat([Buffer.from([(field << 3) | 2, body.length]), body])
}
const number = (field, value) => Buffer.from([field << 3, value])
const float1 = (name) => [bytes(1, name), bytes(2, bytes(1, number(1, 1), bytes(2, bytes(1, number(1, 1)))))]
const node = bytes(1, bytes(1, 'x'), bytes(2, 'y'), bytes(4, 'Identity'))
const graph = bytes(7, node, bytes(2, 'g'), bytes(11, ...float1('x')), bytes(12, ...float1('y')))
const model = Buffer.concat([number(1, 8), graph, bytes(8, number(2, 13))])
InferenceSession.create(model).then(() => setTimeout(() => {}, 500))
JS

# The names of the files that a process leaves under a fresh home and temporary folder, with the variables given.
left_with() {
  rm -rf home tmp
  mkdir home tmp
  env -i PATH="$PATH" HOME="$work/home" TMPDIR="$work/tmp" "$@" node one-session.cjs
  find home tmp -type f | sed -E 's/[0-9]+\.log/PID.log/' | sort
}

default=$(left_with)
echo "onnxruntime-node $version leaves by default:"
echo "$default"
for name in /deviceid /onnxruntime.db mat-debug-PID.log; do
  grep -q -- "$name" <<<"$default" || { echo "changed: no $name"; exit 1; }
done
for off in ORT_DISABLE_TELEMETRY=1 CI=1; do
  [ -z "$(left_with "$off")" ] || { echo "changed: $off leaves files too"; exit 1; }
done
grep -q /deviceid <<<"$(left_with ORT_DISABLE_TELEMETRY=0)" || { echo 'changed: ORT_DISABLE_TELEMETRY=0 turns it off'; exit 1; }
echo 'Nothing is left with ORT_DISABLE_TELEMETRY=1, or with CI=1.'
