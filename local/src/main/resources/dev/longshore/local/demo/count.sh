# Writes checksum, bytes, lines and words of each file of one part.
part=$AWS_BATCH_JOB_ARRAY_INDEX
if [ "$part" = "$DEMO_FLAKY" ] && [ "$AWS_BATCH_JOB_ATTEMPT" = 1 ]; then
  echo "part $part fails on purpose, once" >&2
  exit 1
fi
cd "$DEMO_DIR" || exit
while IFS= read -r file; do
  # Every byte that is not white space counts as a letter, whatever the locale.
  set -- $(cksum < "$file") $(wc -l < "$file") $(LC_ALL=C tr -c '\011-\015 ' x < "$file" | wc -w)
  [ $# -eq 4 ] || exit 2
  printf '%s %s %s %s %s\n' "$1" "$2" "$3" "$4" "$file"
done < "$DEMO_WORK/part-$part" > "$DEMO_WORK/counted-$part"
