#!/usr/bin/env bash
# Runs the review and hands on what it says. Everything comes by environment; nothing of the event is put into a command.
set -euo pipefail

fail() {
  echo "::error::$1"
  echo "status=2" >>"$GITHUB_OUTPUT"
  exit 2
}

case "$FAIL_ON" in missing | partly | never) ;; *) fail "fail-on takes missing, partly or never." ;; esac
case "$POST" in true | false) ;; *) fail "post takes true or false." ;; esac

post=()
if [ "$POST" = true ]; then
  [[ "${PULL_REQUEST:-}" =~ ^[0-9]+$ ]] || fail "post takes a workflow on pull_request: this one runs for no pull request."
  subject="$GITHUB_REPOSITORY#$PULL_REQUEST"
  if [ "${HEAD_REPOSITORY:-}" = "$GITHUB_REPOSITORY" ] || [ "$GITHUB_EVENT_NAME" = pull_request_target ]; then
    post=(--post)
  else
    echo "::notice::The pull request comes from a fork, whose token does not write; the review is in the summary of this job."
  fi
elif [ "$GITHUB_EVENT_NAME" = pull_request_target ]; then
  fail "On pull_request_target no folder is reviewed: a checkout of the head does not belong where there are secrets. Use the event pull_request."
else
  cd "$GITHUB_WORKSPACE"
  case "$REVIEW_PATH" in -*) REVIEW_PATH="./$REVIEW_PATH" ;; esac
  subject="$REVIEW_PATH"
fi

# A place of its own for history and record: the runner is thrown away after the job. The repository reviewed is the only one written to.
export XDG_STATE_HOME="$RUNNER_TEMP/sre-agent-state" XDG_CONFIG_HOME="$RUNNER_TEMP/sre-agent-config"
export SREAGENT__Integrations__GitHub__BaseUrl="${GITHUB_API_URL:-https://api.github.com}"
export SREAGENT__Integrations__GitHub__Token="$TOKEN"
export SREAGENT__Integrations__GitHub__Login="$LOGIN"
export SREAGENT__Services__reviewed__Repository="$GITHUB_REPOSITORY"
mkdir -p "$XDG_STATE_HOME" "$XDG_CONFIG_HOME"

markdown="$RUNNER_TEMP/readiness.md"
status=0
"$SRE_AGENT" review --persona "$PERSONA" --fail-on "$FAIL_ON" --markdown ${post[@]+"${post[@]}"} -- "$subject" >"$markdown" || status=$?

# GitHub takes a mebibyte of summary from each step.
head -c 1000000 "$markdown" >>"$GITHUB_STEP_SUMMARY"
if [ "$(wc -c <"$markdown")" -gt 1000000 ]; then
  printf '\n\n_Cut here. All of it is in the file %s of this job._\n' "$markdown" >>"$GITHUB_STEP_SUMMARY"
fi

if [ -n "${SARIF:-}" ]; then
  (cd "$GITHUB_WORKSPACE" && mkdir -p "$(dirname -- "$SARIF")")
  "$SRE_AGENT" review --persona "$PERSONA" --fail-on never --sarif -- "$subject" >"$GITHUB_WORKSPACE/$SARIF" || echo "::warning::The SARIF log could not be written."
fi

{
  echo "status=$status"
  echo "markdown=$markdown"
} >>"$GITHUB_OUTPUT"

case "$status" in
  0) ;;
  1) echo "::error::Not ready for production by fail-on: $FAIL_ON. The summary of this job says what is open." ;;
  *) echo "::error::The review ended with status $status; the log above says why." ;;
esac
exit "$status"
