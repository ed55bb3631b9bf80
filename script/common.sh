# Shared by the scripts beside it; sourced, never run. Nothing here does work of its own.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

assets=crates/web/assets

# Says what is about to happen and how long it usually takes: say "Building the program" "4 minutes the first time".
say() {
  printf '\n==> %s%s\n' "$1" "${2:+ (usually $2)}"
}

note() {
  printf '    %s\n' "$1"
}

fail() {
  printf '\nStopped: %s\n' "$1" >&2
  exit 1
}

have() {
  command -v "$1" >/dev/null 2>&1
}

# Runs a command as root, by sudo where we are not root; says plainly what to ask for where neither is possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif have sudo && sudo -n true 2>/dev/null; then
    sudo "$@"
  elif have sudo && [ -t 0 ]; then
    note "sudo may ask for your password, to run: $*"
    sudo "$@"
  else
    fail "this needs root: $*
         Ask whoever looks after this machine to run it, then start again."
  fi
}

# One short text that changes when any of the given files does.
fingerprint() {
  find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-64
}

# True when the stamp file $1 holds the text $2.
stamped() {
  [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]
}

# Installs the packages of the folder $1 by its lock file, unless they are there already.
npm_packages() {
  local folder=$1 stamp=$1/node_modules/.installed wanted
  wanted=$(fingerprint "$folder/package-lock.json" "$folder/package.json")
  stamped "$stamp" "$wanted" && return
  { have npm && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; } ||
    fail "Node.js 20 or later with npm is needed: install it, then start again."
  say "Installing the npm packages of $folder" "10 seconds"
  (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error)
  echo "$wanted" >"$stamp"
}
