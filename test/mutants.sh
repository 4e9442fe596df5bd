#!/usr/bin/env bash
# Breaks the code on purpose, one line of mutants.tsv at a time, and tells which breakage no test notices. Usage: test/mutants.sh [word in a line]
# Works in a tree of its own, made from the last commit, so that nothing here can be left broken. Exit 1 where something went unnoticed.
set -uo pipefail
cd "$(dirname "$0")/.."
here=$PWD
tree=$(mktemp -d)
git worktree add --quiet --detach "$tree" HEAD || exit 2
trap 'cd "$here" && git worktree remove --force "$tree"' EXIT
cd "$tree" || exit 2
noticed=0 unnoticed=0
while IFS=$'\t' read -r file from to project filter; do
  [[ $file == \#* || -z $file ]] && continue
  [[ -n ${1:-} && "$file $from $to" != *"$1"* ]] && continue
  if ! FROM=$from TO=$to perl -0pi -e 's/\Q$ENV{FROM}\E/$ENV{TO}/ or exit 3' "$file"; then
    git checkout --quiet -- "$file"
    echo "GONE       $file: $from"
    unnoticed=$((unnoticed + 1))
    continue
  fi
  if dotnet test "test/$project" --filter "FullyQualifiedName~$filter" -p:TreatWarningsAsErrors=false --nologo --verbosity quiet > out.log 2>&1; then
    echo "UNNOTICED  $file: $from -> $to"
    unnoticed=$((unnoticed + 1))
  elif grep -q 'error CS' out.log; then
    echo "NO CODE    $file: $from -> $to ($(grep -m1 -o 'error CS.*' out.log))"
    unnoticed=$((unnoticed + 1))
  else
    echo "noticed    $file: $from -> $to"
    noticed=$((noticed + 1))
  fi
  git checkout --quiet -- "$file"
done < <(sed 's/\t\t/\t \t/g' "$here/test/mutants.tsv")
echo "$noticed noticed, $unnoticed not"
[ "$unnoticed" = 0 ]
