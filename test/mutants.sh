#!/usr/bin/env bash
# Breaks the code on purpose, one line of mutants.tsv at a time, and tells which breakage no test notices. Usage: test/mutants.sh [word in a line]
# Works in a tree of its own, made from the last commit, so that nothing here can be left broken. Exit 1 where something went unnoticed.
# Analyzers stay out (CodeChecks): they are a third of each build, and a breakage they would notice is a test that is missing all the same.
set -uo pipefail
cd "$(dirname "$0")/.."
here=$PWD
tree=$(mktemp -d)
git worktree add --quiet --detach "$tree" HEAD || exit 2
trap 'cd "$here" && git worktree remove --force "$tree"' EXIT
cd "$tree" || exit 2
check() { dotnet test "test/$1" --filter "$2" -p:CodeChecks=false -p:TreatWarningsAsErrors=false --nologo --verbosity quiet > out.log 2>&1; }

lines=$(grep -v '^#' "$here/test/mutants.tsv" | sed 's/\t\t/\t \t/g' | grep -F -- "${1:-}")
# A test that fails on whole code would notice everything.
while IFS=$'\t' read -r project filters; do
  check "$project" "$filters" && continue
  echo "FAILS UNBROKEN  $project ($filters)"
  cat out.log
  exit 2
done < <(awk -F'\t' 'NF { all[$4] = all[$4] (all[$4] ? "|" : "") "FullyQualifiedName~" $5 } END { for (project in all) print project "\t" all[project] }' <<< "$lines")

noticed=0 unnoticed=0
while IFS=$'\t' read -r file from to project filter; do
  [[ -z $file ]] && continue
  if [[ ! -f $file ]] || ! FROM=$from TO=$to perl -0pi -e 's/\Q$ENV{FROM}\E/$ENV{TO}/ or exit 3' "$file"; then
    git checkout --quiet .
    echo "GONE       $file: $from"
    unnoticed=$((unnoticed + 1))
    continue
  fi
  if check "$project" "FullyQualifiedName~$filter"; then
    echo "UNNOTICED  $file: $from -> $to"
    unnoticed=$((unnoticed + 1))
  elif grep -q 'Failed: ' out.log; then
    echo "noticed    $file: $from -> $to"
    noticed=$((noticed + 1))
  else
    echo "NO CODE    $file: $from -> $to ($(grep -m1 -o 'error .*' out.log))"
    unnoticed=$((unnoticed + 1))
  fi
  git checkout --quiet -- "$file"
done <<< "$lines"
echo "$noticed noticed, $unnoticed not"
[ "$unnoticed" = 0 ]
