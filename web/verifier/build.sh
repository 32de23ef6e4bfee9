#!/usr/bin/env bash
# Builds the verifier of the browser from the engines of src/: web/verifier/out/verifier.wasm. `./build.sh` does nothing when no source
# has changed since. Needs clang, lld, wasi-libc and libc++ for wasm32 (packaging/packages.txt).
set -euo pipefail
cd "$(dirname "$0")/../.."
out=web/verifier/out
shared=(foundation/base/{date,hash_hex,result,text_ascii} engines/mrz/{document,reading}
  engines/seal/{encoding,idb,opened,seal,vds_nc,verdict} capabilities/travel_documents/{trust_reading,verification})
mkdir -p "$out/shim"
wanted=$(find web/verifier src/foundation/base src/engines/mrz src/engines/seal src/capabilities/travel_documents \
  -not -path "$out/*" \( -name '*.?pp' -o -name '*.h' -o -name build.sh \) -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
if [[ -f "$out/stamp" && "$(cat "$out/stamp")" == "$wanted" ]]; then exit 0; fi

compiler=$(command -v clang++-14 || command -v clang++ || true)
[[ -n "$compiler" && -d /usr/include/wasm32-wasi ]] || {
  echo "The verifier of the browser needs clang, lld, wasi-libc and libc++-14-dev-wasm32: run ./setup" >&2
  exit 1
}
# Headers of libraries that are only headers; everything else of /usr/include belongs to this machine, not to WebAssembly.
for library in boost fmt tl date; do ln -sfn "/usr/include/$library" "$out/shim/$library"; done
python3 -c 'import json
for country in json.load(open("/usr/share/iso-codes/json/iso_3166-1.json"))["3166-1"]:
    print("{\"%s\", \"%s\"}," % (country["alpha_3"], country["alpha_2"]))' >"$out/countries.inc"

# What would be an exception ends the run: the page says that it could not judge and asks the server.
flags=(--target=wasm32-wasi -std=c++20 -Oz -fno-rtti -fexceptions -fignore-exceptions -ffunction-sections -fdata-sections
  -DFMT_HEADER_ONLY -DBOOST_SYSTEM_DISABLE_THREADS -DNDEBUG -Isrc -Iweb/verifier -I"$out" -isystem web/verifier/shim -isystem "$out/shim" -Wall -Wextra)
objects=()
compile() { "$compiler" "${flags[@]}" -c "$1" -o "$2"; }
pids=()
for source in web/verifier/{core,crypto,platform}.cpp "${shared[@]/#/src/}"; do
  source=${source%.cpp}.cpp
  object=$out/$(basename "${source%.cpp}").o
  objects+=("$object")
  while (($(jobs -rp | wc -l) >= $(nproc))); do wait -n; done
  compile "$source" "$object" &
  pids+=($!)
done
for pid in "${pids[@]}"; do wait "$pid"; done
"$compiler" --target=wasm32-wasi -mexec-model=reactor -Wl,--gc-sections -Wl,--strip-all "${objects[@]}" -o "$out/verifier.wasm"
echo "$wanted" >"$out/stamp"
