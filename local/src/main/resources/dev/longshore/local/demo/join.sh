# Sums up what the parts counted, and prints one line with a checksum of all of it.
cd "$DEMO_WORK" || exit
set -- counted-*
[ $# -eq "$DEMO_PARTS" ] || exit 2
cat counted-* | LC_ALL=C sort > all || exit
awk '{ bytes += $2; lines += $3; words += $4 }
  END { printf "files=%.0f lines=%.0f words=%.0f bytes=%.0f ", NR, lines, words, bytes }' all
set -- $(cksum < all)
echo "checksum=$1"
