#!/usr/bin/env bash
# Builds everything, runs every test and ends with "N passed, N failed, N skipped".
# Needs the .NET 10 SDK; installs a browser where it may, and says so where it may not.
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDTERMINALLOGGER=off

results="$PWD/TestResults"

say() { printf '%s\n' "$*" >&2; }

command -v dotnet >/dev/null || { say "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"; exit 2; }

# The browser tests look for Chromium themselves and skip with a reason when there is none.
has_browser() {
    [ -n "${BELLWETHER_CHROMIUM:-}" ] && [ -x "$BELLWETHER_CHROMIUM" ] && return 0
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && return 0
    done
    return 1
}

install_browser() {
    command -v apt-get >/dev/null || { say "No Chromium and no apt-get: the browser tests will be skipped."; return; }
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as_root=(sudo -n)
        else
            say "No Chromium, and this user may not install it (try: sudo apt-get install chromium): the browser tests will be skipped."
            return
        fi
    fi
    say "Installing Chromium for the browser tests …"
    if ! { "${as_root[@]}" apt-get update -qq &&
           "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1; then
        say "apt-get could not install Chromium: the browser tests will be skipped."
    fi
}

has_browser || install_browser

# A test project counts when it holds at least one test; a project still without tests must not break the run.
expected=0
run=()
for project in tests/*/*.csproj; do
    if grep -rqE --include='*.cs' --exclude-dir=obj --exclude-dir=bin '\[(Fact|Theory)\b' "$(dirname "$project")"; then
        expected=$((expected + 1))
        run+=("$project")
    fi
done

rm -rf "$results"
dotnet build Bellwether.slnx -c Release --nologo -v quiet || { say "The build failed."; exit 1; }
# Exit code 8 is "no test ran", which is no failure for a project still without tests; the count of result files catches the rest.
dotnet test --solution Bellwether.slnx -c Release --no-build --no-progress --ignore-exit-code 8 \
    --report-trx --results-directory "$results" "$@"
code=$?

exec tests/closing.sh "$results" "$expected" "$code"
