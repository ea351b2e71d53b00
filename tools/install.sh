#!/bin/sh
# Installs the command for one user, in ~/.local, or in the folder that is given: ./install.sh [FOLDER]
# To remove it: rm -r ~/.local/lib/backprop ~/.local/bin/backprop
set -eu
from=$(cd "$(dirname "$0")" && pwd)
prefix=${1:-$HOME/.local}
if [ "$(uname -sm)" != "Linux x86_64" ]; then
  echo "These are programs for Linux on x86-64, not for $(uname -sm): install the .NET tool." >&2
  exit 1
fi

mkdir -p "$prefix/bin" "$prefix/lib"
new=$(mktemp -d "$prefix/lib/.backprop.XXXXXX")
trap 'rm -rf "$new"' EXIT
cp "$from"/backprop "$from"/Backprop.Cli* "$from"/LICENSE "$from"/THIRD-PARTY-NOTICES.txt "$new"
chmod 755 "$new" "$new"/backprop "$new"/Backprop.Cli*
"$new/backprop" --version >/dev/null # before what was installed earlier goes
rm -rf "$prefix/lib/backprop"
mv "$new" "$prefix/lib/backprop"
ln -sfn ../lib/backprop/backprop "$prefix/bin/backprop"
echo "$prefix/bin/backprop $("$prefix/bin/backprop" --version)"
case ":$PATH:" in
  *":$prefix/bin:"*) ;;
  *) echo "It is not on the PATH yet: export PATH=\"$prefix/bin:\$PATH\"" ;;
esac
