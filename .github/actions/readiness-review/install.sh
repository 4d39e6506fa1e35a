#!/usr/bin/env bash
# Says where sre-agent is: the one that was given, or one built from the sources this action came with.
set -euo pipefail

executable=${EXECUTABLE:-}
if [ -z "$executable" ]; then
  source_root=$(cd "$GITHUB_ACTION_PATH/../../.." && pwd)
  if ! (cd "$source_root" && dotnet --version >/dev/null 2>&1); then
    echo "::error::The .NET SDK that global.json names is not installed. Run actions/setup-dotnet before this action, or give it an executable."
    exit 2
  fi

  (cd "$source_root" && dotnet publish src/SreAgent.Host -c Release -o "$RUNNER_TEMP/sre-agent" --nologo -v quiet)
  executable="$RUNNER_TEMP/sre-agent/sre-agent"
fi

if [ ! -x "$executable" ]; then
  echo "::error::There is no program at $executable."
  exit 2
fi

echo "executable=$executable" >>"$GITHUB_OUTPUT"
