# Installs what is missing. Sourced by ./run and ./test.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }

# Installs Debian or Ubuntu packages that are missing; elsewhere it names them.
need_packages() {
  local missing=() package
  if ! command -v dpkg-query >/dev/null 2>&1; then
    say "This is no Debian or Ubuntu: make sure that these are installed, under your system's names: $*"
    return 0
  fi
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  say "Installing: ${missing[*]}"
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

BUILD_PACKAGES=(build-essential pkg-config)
WINDOW_PACKAGES=(libwebkit2gtk-4.1-dev libayatana-appindicator3-dev librsvg2-dev libxdo-dev libssl-dev)
TEST_PACKAGES=(prometheus prometheus-alertmanager radicale chromium webkit2gtk-driver xvfb xauth dbus dbus-x11
  fonts-dejavu-core fonts-liberation openssl
  gnome-keyring python3-gi openbox xdotool)

# The tools that a package manager does not bring in the right version.
need_tools() {
  command -v cargo >/dev/null 2>&1 || { say "Rust is missing: install it from https://rustup.rs, then run this again."; exit 1; }
  command -v node >/dev/null 2>&1 || { say "Node 20 or newer is missing: install it from https://nodejs.org, then run this again."; exit 1; }
  local major
  major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  [ "$major" -ge 20 ] || { say "Node $major is too old: Node 20 or newer is needed."; exit 1; }
}

# Whether the stamp file in $1 is newer than everything in the paths that follow.
is_fresh() {
  local stamp=$1
  shift
  [ -e "$stamp" ] && [ -z "$(find "$@" -newer "$stamp" -not -path '*/node_modules/*' -not -path '*/dist/*' -print -quit)" ]
}

# The web UI: its packages when the lockfile changed, its bundle when a source changed.
build_ui() {
  if ! is_fresh ui/node_modules/.fairlead-stamp ui/package.json ui/package-lock.json; then
    (cd ui && npm ci --no-audit --no-fund --loglevel=error >&2)
    touch ui/node_modules/.fairlead-stamp
  fi
  if ! is_fresh ui/dist/index.html ui; then
    (cd ui && npm run --silent build >&2)
    touch ui/dist/index.html
  fi
}
