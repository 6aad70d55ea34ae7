# Sourced by the scripts beside it: makes `.venv` with Python 3.11 or newer and installs Observe into it.
# `prepare EXTRAS` installs again only when pyproject.toml or constraints.txt changed since the last time.

find_python() {
  for name in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  echo "Observe needs Python 3.11 or newer. Install it and run this again." >&2
  return 1
}

prepare() {
  extras=$1
  stamp=".venv/installed-$extras"
  wanted=$(cat pyproject.toml constraints.txt | cksum)
  if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    return
  fi
  python=$(find_python) || return 1
  [ -x .venv/bin/python ] || "$python" -m venv .venv || {
    echo "The venv module is missing. On Debian or Ubuntu: apt install python3-venv" >&2
    return 1
  }
  echo "Installing what Observe needs into .venv ..." >&2
  .venv/bin/python -m pip install --quiet --disable-pip-version-check \
    --constraint constraints.txt --editable ".[$extras]" || return 1
  echo "$wanted" >"$stamp"
}
