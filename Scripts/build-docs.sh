#!/bin/sh
# Makes the reference pages of the libraries from their comments, with the docc that comes with the toolchain.
set -eu

swift=${SWIFT:-swift}
out=${1:-.build/documentation}
modules="DyadCore DyadCodebook DyadIngest DyadLanguage DyadCoding DyadPipeline DyadStore DyadAnalysis DyadExchange"

docc=$(dirname "$(command -v "$swift")")/docc
[ -x "$docc" ] || docc=$(command -v docc || true)
if [ -z "$docc" ]; then
    echo "docc was not found beside $swift; it comes with the Swift toolchain." >&2
    exit 1
fi

"$swift" package dump-symbol-graph --minimum-access-level public >/dev/null
graphs=$(find "$("$swift" build --show-bin-path)/.." -type d -name symbolgraph | head -n 1)
if [ -z "$graphs" ]; then
    echo "The compiler left no symbol graphs." >&2
    exit 1
fi

mkdir -p "$out"
for module in $modules; do
    work=$(mktemp -d)
    cp "$graphs/$module.symbols.json" "$work/"
    catalog=$(find "Sources/$module" -maxdepth 1 -name '*.docc' | head -n 1)
    # shellcheck disable=SC2086
    "$docc" convert $catalog --additional-symbol-graph-dir "$work" --fallback-display-name "$module" \
        --fallback-bundle-identifier "dyad.$module" --output-path "$out/$module.doccarchive" \
        --transform-for-static-hosting --hosting-base-path "$module.doccarchive"
    rm -rf "$work"
done
echo "The pages are in $out. To read them: python3 -m http.server -d $out, then /NAME.doccarchive/documentation/name (lower case)."
