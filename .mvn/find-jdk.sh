# Sourced by ./mvnw and ./afterword: sets and exports JAVA_HOME to a JDK 25 or newer, or says how to get one and ends with 1.
# Looks at JAVA_HOME, then java on the PATH, then the usual folders (newest first).

_jdk_major() { # prints the major version of the JDK in folder $1; nothing where there is none
  [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p'
  fi
}

_jdk_usable() {
  _major=$(_jdk_major "$1")
  [ -n "$_major" ] && [ "$_major" -ge 25 ]
}

_jdk_find() {
  if [ -n "${JAVA_HOME-}" ] && _jdk_usable "$JAVA_HOME"; then return 0; fi
  if command -v javac >/dev/null 2>&1; then
    _home=$(dirname "$(dirname "$(readlink -f "$(command -v javac)" 2>/dev/null || command -v javac)")")
    if _jdk_usable "$_home"; then JAVA_HOME=$_home; return 0; fi
  fi
  _best=""; _best_major=0
  # mvnw runs with globbing off
  case $- in *f*) set +f; _noglob=1 ;; *) _noglob="" ;; esac
  for _home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-/root}"/.sdkman/candidates/java/* \
    "${HOME:-/root}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*; do
    if _jdk_usable "$_home" && [ "$_major" -gt "$_best_major" ]; then _best=$_home; _best_major=$_major; fi
  done
  [ -z "$_noglob" ] || set -f
  [ -n "$_best" ] || return 1
  JAVA_HOME=$_best
}

if _jdk_find; then
  export JAVA_HOME
else
  echo "Afterword needs a JDK 25 or newer and found none: install one (for example Temurin 25 from https://adoptium.net) or set JAVA_HOME to its folder." >&2
  exit 1
fi
