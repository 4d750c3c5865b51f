# Sourced by mvnw, longshore and .ci/run: sets and exports JAVA_HOME to a JDK 25, or returns 1
# after one sentence on standard error. Looks at LONGSHORE_JDK, JAVA_HOME, the usual places of
# Linux packages, SDKMAN and macOS, in this order.

longshore_is_jdk25() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r longshore_line; do
    case $longshore_line in
      'JAVA_VERSION="25"'* | 'JAVA_VERSION="25.'* | 'JAVA_VERSION="25-'*) return 0 ;;
    esac
  done < "$1/release"
  return 1
}

longshore_find_jdk() {
  if [ -n "${LONGSHORE_JDK:-}" ] && ! longshore_is_jdk25 "$LONGSHORE_JDK"; then
    echo "LONGSHORE_JDK is set to $LONGSHORE_JDK, which is not a JDK 25." >&2
    return 1
  fi
  for longshore_dir in \
    "${LONGSHORE_JDK:-}" \
    "${JAVA_HOME:-}" \
    /usr/lib/jvm/*25* \
    /opt/*jdk*25* \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/25* \
    "${HOME:-}"/.jdks/*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if longshore_is_jdk25 "$longshore_dir"; then
      JAVA_HOME=$longshore_dir
      export JAVA_HOME
      return 0
    fi
  done
  if [ -x /usr/libexec/java_home ]; then
    longshore_dir=$(/usr/libexec/java_home -v 25 2> /dev/null) || longshore_dir=
    if longshore_is_jdk25 "$longshore_dir"; then
      JAVA_HOME=$longshore_dir
      export JAVA_HOME
      return 0
    fi
  fi
  echo "Longshore needs a JDK 25: install one (Debian: temurin-25-jdk; SDKMAN: sdk install java" \
    "25-tem; macOS: brew install temurin@25), or set LONGSHORE_JDK to where it is." >&2
  return 1
}
