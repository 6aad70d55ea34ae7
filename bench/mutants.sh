#!/usr/bin/env bash
# Changes the agreement engine in thousands of small ways and asks whether a test sees it:
#
#     bench/mutants.sh [MODULE ...]        such as: bench/mutants.sh limits coefficients
#
# Prints how many mutants were made, how many tests/core/agreement kills, and each one that lives with the line
# that it changed. Works in a temporary copy and leaves nothing behind; mutmut is installed into that copy.
# A module takes some minutes of one core, all of them an hour or more; CHILDREN=2 uses two.
set -eu
cd "$(dirname "$0")/.."
here=$(pwd)
mutmut=mutmut==3.8.1
engine=observe/core/agreement

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/tree/tests/core"
cp -r observe "$work/tree/"
cp tests/__init__.py tests/reference.py "$work/tree/tests/"
cp -r tests/core/agreement "$work/tree/tests/core/"
touch "$work/tree/tests/core/__init__.py"
# What the engine as it is has kept would answer for the changed one.
sed -i -E '/^ *@(lru_)?cache(\(.*\))?$/d' "$work/tree/$engine"/*.py
# A mutant that lives runs every test: a few examples of each property must do.
sed -i -E 's/max_examples=[0-9]+/max_examples=6/' "$work"/tree/tests/core/agreement/*.py
if [ -d ../shared ]; then
  ln -s "$(cd ../shared && pwd)" "$work/tree/shared"   # the copy that is tested lies one folder deeper
fi

only=
for module in "$@"; do
  only="$only\"$engine/$module.py\", "
done
cat >"$work/tree/pyproject.toml" <<END
[tool.mutmut]
source_paths = ["observe"]
only_mutate = [${only:-"\"$engine/*\""}]
also_copy = ["tests", "pyproject.toml"]
pytest_add_cli_args_test_selection = ["tests/core/agreement"]
pytest_add_cli_args = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly"]

[tool.pytest.ini_options]
filterwarnings = ["error"]
END

"$here/.venv/bin/pip" install -qq --target "$work/tools" "$mutmut"
export PYTHONPATH="$work/tools" CI=true
run() { "$here/.venv/bin/python" -m mutmut "$@"; }

cd "$work/tree"
run run --max-children "${CHILDREN:-1}" >"$work/log" 2>&1 || { tail -n 60 "$work/log" >&2; exit 1; }
run results --all true >"$work/results"

count() { grep -c ": $1\$" "$work/results" || true; }
echo "made $(grep -c ': ' "$work/results"), killed $(count killed), living $(count survived)," \
  "too slow $(count timeout), without a test $(count 'no tests')"
grep -E ': (survived|no tests)$' "$work/results" | while read -r name _; do
  echo "== ${name%:}"
  run show "${name%:}" | grep -E '^[-+][^-+]' || true
done
