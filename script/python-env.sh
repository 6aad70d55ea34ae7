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
  echo "Observe needs Python 3.11 or newer$(found_python). Install it and run this again," >&2
  echo "or say where it is: PYTHON=/path/to/python3.11 script/demo" >&2
  return 1
}

found_python() {
  version=$(python3 --version 2>/dev/null) && echo "; python3 here is $version"
}

make_venv() {
  if [ ! -w . ]; then
    echo "$(pwd) cannot be written. Run this in a copy that belongs to you." >&2
    return 1
  fi
  "$1" -m venv .venv || {
    echo "No .venv could be made; the reason stands above. If venv is missing, on Debian or Ubuntu: apt install python3-venv" >&2
    return 1
  }
}

prepare() {
  extras=$1
  stamp=".venv/installed-$extras"
  wanted=$(cat pyproject.toml constraints.txt | cksum)
  if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    return
  fi
  python=$(find_python) || return 1
  [ -x .venv/bin/pip ] || make_venv "$python" || return 1
  echo "Installing what Observe needs into .venv ..." >&2
  .venv/bin/python -m pip install --quiet --disable-pip-version-check \
    --constraint constraints.txt --editable ".[$extras]" || {
    echo "Not everything could be installed; the reason stands above. Once that is mended, run this again." >&2
    return 1
  }
  echo "$wanted" >"$stamp"
}
