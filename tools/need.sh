#!/usr/bin/env bash
# Installs the Debian packages that are named, where what they bring is missing; shows the command where it may not.
#   tools/need.sh gcc libc6-dev
set -euo pipefail

is_there() {
  case $1 in
    gcc) command -v gcc || command -v clang ;; # either links native images
    libc6-dev) ls /usr/include/stdio.h ;;
    qemu-user) command -v qemu-x86_64 ;;
    procps) type -P kill ;; # the program, not the shell's own
    *) command -v "$1" ;;
  esac >/dev/null 2>&1
}

missing=()
for package in "$@"; do
  is_there "$package" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

install="apt-get install --yes --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && $install >/dev/null && exit 0
  echo "Installing ${missing[*]} failed." >&2
else
  echo "${missing[*]} must be installed first; on Debian: sudo apt-get update && sudo $install" >&2
fi
exit 1
