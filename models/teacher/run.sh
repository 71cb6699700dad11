#!/usr/bin/env bash
# The plan of README.md in pieces.
#   run.sh inputs DATA    here: vocabulary, exports and raw text into build/teacher/inputs, as much as may travel
#   run.sh piece 1|2|3    on the GPU machine, each below ten minutes, without a break between them
#   run.sh --toy [DIR]    everything at toy size on the processor, about a minute
# PYTHON names the Python with PyTorch (python3); OUT is where results go (build/teacher/out).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python=${PYTHON:-python3}
work=$root/build/teacher
inputs=$work/inputs
out=${OUT:-$work/out}
export PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1

run() {
  local script=$1
  shift
  "$python" "$here/$script.py" "$@"
}

# What goes to the GPU machine travels with the repository; both together must stay below 64 MiB.
make_inputs() {
  local data=$1 tree room part
  mkdir -p "$inputs/raw"
  [ -f "$inputs/vocabulary.txt" ] || run vocabulary --data "$data" --out "$inputs/vocabulary.txt"
  cp "$data/corpora/germeval14.train.conll" "$inputs/germeval.train.conll"
  cp "$data/corpora/germeval14.dev.conll" "$inputs/germeval.dev.conll"
  (cd "$root" && node dist/cli.js corpus export corpus/texts/train/*.txt --format conll) >"$inputs/own.train.conll"
  (cd "$root" && node dist/cli.js corpus export corpus/texts/dev/*.txt --format conll) >"$inputs/own.dev.conll"
  for part in wikipedia bundestag; do
    node "$here/standoff.mjs" "$root/corpus/standoff/$part.tsv" "$data/raw/$part.txt.xz" >"$inputs/$part.train.conll"
  done
  xz -f "$inputs"/*.conll
  tree=$(cd "$root" && git ls-files -z | xargs -0 du -cb | tail -1 | cut -f1)
  room=$((62 * 1024 * 1024 - tree - $(cat "$inputs"/*.xz "$inputs/vocabulary.txt" | wc -c)))
  # A cut xz file is read as far as it goes (words.py). Wikipedia goes whole if it fits: its texts are nearer to news.
  for part in wikipedia bundestag; do
    head -c "$((room > 0 ? room : 0))" "$data/raw/$part.txt.xz" >"$inputs/raw/$part.txt.xz"
    room=$((room - $(wc -c <"$inputs/raw/$part.txt.xz")))
    # An empty file is no xz file.
    [ -s "$inputs/raw/$part.txt.xz" ] || rm "$inputs/raw/$part.txt.xz"
  done
  du -sh "$inputs"
}

pretrain_piece() {
  run pretrain --packed "$work/packed" --vocabulary "$inputs/vocabulary.txt" --checkpoint "$work/pretrain.pt" \
    --minutes "$1" --plan-minutes 13.5 --compile
}

piece() {
  mkdir -p "$out"
  case $1 in
    1)
      # A checkpoint of an earlier plan must not be continued.
      rm -f "$work/pretrain.pt"
      run pack --data "$inputs" --vocabulary "$inputs/vocabulary.txt" --out "$work/packed" --workers "$(nproc)"
      pretrain_piece 7.5
      ;;
    2)
      pretrain_piece 7
      run weights split --checkpoint "$work/pretrain.pt" --out "$out"
      ;;
    3)
      run finetune --checkpoint "$work/pretrain.pt" --vocabulary "$inputs/vocabulary.txt" --train "$inputs"/*.train.conll.xz \
        --dev "$inputs/germeval.dev.conll.xz" "$inputs/own.dev.conll.xz" --out "$work/tuned" --seeds 3 --epochs 6 --minutes 5
      cp "$work/tuned/scores.json" "$out/"
      # Seven shards beside the scores are the eight files that come back; 9 MiB each keeps them below 64 MiB together.
      run label --data "$inputs" --vocabulary "$inputs/vocabulary.txt" --tuned "$work/tuned" --out "$out" \
        --lines 1000000 --files 7 --shard $((9 << 20)) --workers "$(nproc)" --minutes 3.5
      ;;
    *) echo "run.sh piece takes 1, 2 or 3, got \"$1\"" >&2 && exit 2 ;;
  esac
}

toy() {
  local place=${1:-$work/toy}
  local small=(--width 64 --layers 2 --heads 2 --batch 8)
  rm -rf "$place/toy"
  mkdir -p "$place/toy"
  place=$place/toy
  run toy --out "$place"
  run vocabulary --data "$place" --out "$place/vocabulary.txt" --size 300 --rarest 1
  run pack --data "$place" --vocabulary "$place/vocabulary.txt" --out "$place/packed" --length 64
  # The second piece continues the first and ends its plan.
  for minutes in 0.06 0.3; do
    run pretrain --packed "$place/packed" --vocabulary "$place/vocabulary.txt" --checkpoint "$place/pretrain.pt" \
      --minutes "$minutes" --plan-minutes 0.1 --rate 1e-3 "${small[@]}"
  done
  run weights split --checkpoint "$place/pretrain.pt" --out "$place/out"
  run weights join --out "$place/out" --checkpoint "$place/joined.pt"
  run finetune --checkpoint "$place/joined.pt" --vocabulary "$place/vocabulary.txt" --train "$place"/*.train.conll \
    --dev "$place/germeval.dev.conll" --out "$place/tuned" --seeds 2 --epochs 8 --batch 16 --rate 3e-3 --minutes 1
  run label --data "$place" --vocabulary "$place/vocabulary.txt" --tuned "$place/tuned" --out "$place/out" --lines 400 --batch 64
}

case ${1:-} in
  inputs) make_inputs "${2:?run.sh inputs takes the data folder}" ;;
  piece) piece "${2:?run.sh piece takes 1, 2 or 3}" ;;
  --toy) toy "${2:-}" ;;
  *) sed -n 2,6p "$0" >&2 && exit 2 ;;
esac
