# Lists the readable files below DEMO_DIR and deals them out into DEMO_PARTS lists in DEMO_WORK.
cd "$DEMO_DIR" || exit
part=0
while [ "$part" -lt "$DEMO_PARTS" ]; do
  : > "$DEMO_WORK/part-$part" || exit
  part=$((part + 1))
done
find . \( -name .git -o -name target -o -name node_modules \) -prune -o -type f -print |
  LC_ALL=C sort |
  {
    files=0
    while IFS= read -r file; do
      if [ -r "$file" ]; then
        printf '%s\n' "$file" >> "$DEMO_WORK/part-$((files % DEMO_PARTS))" || exit
        files=$((files + 1))
      fi
    done
    echo "$files files in $DEMO_PARTS parts"
  }
