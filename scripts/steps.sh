# Steps with progress, elapsed time, a log file each and a remedy on failure. Sourced by ./setup and ./demo.
# Needs: `steps_total` and `log_folder` set by the caller.

step_number=0

# "45 s", "2 min 10 s".
spoken_time() {
  if (($1 < 60)); then printf '%d s' "$1"; else printf '%d min %d s' $(($1 / 60)) $(($1 % 60)); fi
}

# fail MESSAGE [REMEDY]: says what went wrong and what to do, and ends the script.
fail() {
  printf '\n%s\n' "FAILED: $1" >&2
  if [[ -n "${2:-}" ]]; then printf '%s\n' "What to do: $2" >&2; fi
  exit 1
}

# remedy_for LOG: one sentence for the causes that occur on fresh machines.
remedy_for() {
  local log=$1
  local offline='Could not resolve|Temporary failure resolving|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED'
  offline+='|Network is unreachable|Failed to fetch'
  if grep -qiE 'No space left on device' "$log"; then
    echo "The disk is full: free 6 GB and run the command again."
  elif grep -q '^remedy: ' "$log"; then
    sed -n 's/^remedy: //p' "$log"
  elif grep -qiE 'SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY)|certificate verif' "$log"; then
    echo "A proxy of this network puts its own certificates in place: as root copy its authority (a .crt file) into" \
      "/usr/local/share/ca-certificates, run update-ca-certificates, then this again with" \
      "NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt in the environment."
  elif grep -qiE "$offline" "$log"; then
    echo "The network or a package registry cannot be reached: check connection and proxy settings, then run again."
  elif grep -qiE 'Unable to locate package|has no installation candidate' "$log"; then
    echo "A package is not in the package sources: /etc/apt/sources.list must name Debian 12 (bookworm), section main."
  elif grep -qiE 'Could not get lock|is another process using it' "$log"; then
    echo "Another installation is running: wait until it has finished and run the command again."
  elif grep -qiE 'dpkg was interrupted|unmet dependencies|held broken packages' "$log"; then
    echo "Packages of this machine are in conflict: as root run 'dpkg --configure -a', 'apt-get -f install', then this again."
  elif grep -qiE 'Killed signal|Cannot allocate memory|out of memory|heap out of memory' "$log"; then
    echo "There was not enough memory: run again with RCMS_JOBS=1 in the environment."
  elif grep -qiE 'npm (ERR!|error) (code )?(EUSAGE|EINTEGRITY)' "$log"; then
    echo "web/package-lock.json does not fit web/package.json: restore both from the repository."
  else
    echo "Read the whole log: $log"
  fi
}

# step LABEL COMMAND…: runs the command with its output in a log and prints "[2/6] LABEL … 12 s".
step() {
  local label=$1 log started=$SECONDS pid code=0 said=0 line
  shift
  step_number=$((step_number + 1))
  log="$log_folder/$step_number.log"
  local head="[$step_number/$steps_total] $label …"
  if [[ -t 1 ]]; then printf '%s' "$head"; fi
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  trap 'kill -TERM '"$pid"' 2>/dev/null; exit 130' INT TERM
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    if [[ -t 1 ]]; then
      line=$(tail -n 1 "$log" | grep -oE '^\[[0-9]+/[0-9]+\]' || true)
      printf '\r\033[K%s %s %s' "$head" "$(spoken_time $((SECONDS - started)))" "$line"
    elif ((SECONDS - started >= said + 60)); then
      said=$((SECONDS - started))
      line=$(tail -n 1 "$log" | grep -oE '^\[[0-9]+/[0-9]+\]' || true)
      printf '%s %s so far %s\n' "$head" "$(spoken_time "$said")" "$line"
    fi
  done
  wait "$pid" || code=$?
  trap - INT TERM
  if [[ -t 1 ]]; then printf '\r\033[K'; fi
  printf '%s %s\n' "$head" "$(spoken_time $((SECONDS - started)))"
  if ((code != 0)); then
    printf '\n--- the last lines of %s\n' "$log" >&2
    # A compiler's first error says more than the last line of a parallel build.
    grep -m 5 -nE '(^|: )(fatal )?error( |:)|^CMake Error' "$log" >&2 || true
    tail -n 15 "$log" >&2
    fail "$label" "$(remedy_for "$log")"
  fi
}
