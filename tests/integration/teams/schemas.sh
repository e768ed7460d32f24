#!/bin/sh
# Lets the Teams channel send and pack, then checks all of it against Microsoft's schemas (schemas.mjs).
#   TEAMS_PEER=program TEAMS_TEST=program RAADBOT_SHARED=folder tests/integration/teams/schemas.sh
# Ends with 77 when Node.js, npm or the schemas are missing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
command -v node >/dev/null && command -v npm >/dev/null || { echo "skipped: Node.js or npm is not installed"; exit 77; }
[ -n "${RAADBOT_SHARED:-}" ] || { echo "skipped: RAADBOT_SHARED is not set"; exit 77; }
[ -d "$here/node_modules/ajv" ] || (cd "$here" && npm ci --no-audit --no-fund --silent) || { echo "skipped: npm ci failed"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
(cd "$here" && TEAMS_ACTIVITIES=$dir/activities.json node --test --test-name-pattern "its edit" teams.test.mjs) >"$dir/log" || { cat "$dir/log"; exit 1; }
TEAMS_PACKAGE=$dir/raadbot.zip "$TEAMS_TEST" --gtest_filter=Manifest.WritesAZip* >"$dir/log" || { cat "$dir/log"; exit 1; }
(cd "$dir" && python3 -m zipfile -e raadbot.zip package)
node "$here/schemas.mjs" "$dir/activities.json" "$dir/package/manifest.json" "$dir/package/en.json"
