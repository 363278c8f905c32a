#!/usr/bin/env bash
# closing.sh DIR FILES CODE: the closing line of a test run, derived from its result files alone.
#   DIR    folder with one .trx file for each test module
#   FILES  how many modules hold tests; one that crashed leaves no file
#   CODE   exit code of the run itself
# Fails when a file is missing, a test did not pass, no test ran, or the run failed for another reason.
set -uo pipefail
directory=$1 expected=$2 code=$3

unescape() { sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&apos;/'"'"'/g; s/&#xA;/ /g; s/&#x[dD];//g; s/&amp;/\&/g'; }

shopt -s nullglob
files=("$directory"/*.trx)
# One line for each result: outcome, name, and the first line of the reason. A result may span lines: join all, then split before each.
# A file counts when it holds a result: a module without tests may leave an empty one.
results=''
found=0
for file in "${files[@]}"; do
    lines=$(tr '\n\r' '\001 ' <"$file" | sed 's/<UnitTestResult /\n&/g' | grep '^<UnitTestResult ' | sed 's/<\/Results>.*//')
    [ -n "$lines" ] || continue
    found=$((found + 1))
    results+="$lines"$'\n'
done

count() { printf '%s' "$results" | grep -cE "^<UnitTestResult [^>]*outcome=\"($1)\"" || true; }
total=$(printf '%s' "$results" | grep -c '^<UnitTestResult ' || true)
passed=$(count Passed)
skipped=$(count NotExecuted)
failed=$((total - passed - skipped))

show() {
    printf '%s' "$results" | grep -E "^<UnitTestResult [^>]*outcome=\"$1\"" | while IFS= read -r line; do
        name=$(printf '%s' "$line" | sed -n 's/^[^>]* testName="\([^"]*\)".*/\1/p' | unescape)
        reason=$(printf '%s' "$line" | sed -n "s/.*<$2>\([^<]*\)<\/$2>.*/\1/p" | tr '\001' '\n' | grep -m1 '[^[:space:]]' | unescape)
        printf '  %s  %s%s\n' "$3" "$name" "${reason:+: $reason}"
    done
}

[ "$skipped" -gt 0 ] && { echo "Skipped:"; show NotExecuted StdOut '-'; }
[ "$failed" -gt 0 ] && { echo "Failed:"; show '(Failed|Error|Timeout|Aborted|Inconclusive|NotRunnable|Disconnected)' Message 'x'; }

status=0
[ "$code" -eq 0 ] || status=1
[ "$failed" -eq 0 ] || status=1
if [ "$found" -lt "$expected" ]; then
    echo "Expected results of $expected test modules, found $found: one crashed or did not run." >&2
    status=3
fi
[ "$passed" -gt 0 ] || { echo "No test passed." >&2; [ "$status" -ne 0 ] || status=8; }
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || echo "The test run ended with exit code $code." >&2
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
exit "$status"
