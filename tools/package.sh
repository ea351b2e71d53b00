#!/usr/bin/env bash
# Makes what people install, in packages/ or the folder that is given:
#   *.nupkg                            the libraries, and the command as a .NET tool
#   backprop-VERSION-linux-x64.tar.gz  the command without .NET, with a script that installs it
#   backprop-VERSION-linux-x64-symbols.tar.gz  what a debugger or profiler needs to name its functions
# The command is compiled to native code, which a C toolchain links: it is installed where there is none.
set -euo pipefail
to=$(realpath -m "${1:-"$(dirname "$0")/../packages"}")
cd "$(dirname "$0")/.."
tools/need.sh gcc libc6-dev

mkdir -p "$to"
for project in Backprop.Engine Backprop; do
  dotnet pack "src/$project" -o "$to" -nologo -v quiet
done
dotnet pack src/Backprop.Cli -p:ToolPackageRuntimeIdentifiers=linux-x64 -o "$to" -nologo -v quiet

version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
name=backprop-$version-linux-x64
published=artifacts/publish/Backprop.Cli/release_linux-x64
symbols=artifacts/bin/Backprop.Cli/release_linux-x64/native
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
mkdir "$room/$name" "$room/$name-symbols"
cp "$published"/backprop "$published"/Backprop.Cli* "$room/$name"
for image in '' .x86-64-v3 .x86-64-v4; do
  mkdir "$room/$name-symbols/Backprop.Cli$image"
  cp "$symbols/${image#.}/Backprop.Cli.dbg" "$room/$name-symbols/Backprop.Cli$image" # the name by which the image asks for it
done
cp README.md LICENSE THIRD-PARTY-NOTICES.txt tools/install.sh "$room/$name"
for archive in "$name" "$name-symbols"; do
  tar -C "$room" --owner=0 --group=0 --numeric-owner -czf "$to/.$archive.tar.gz" "$archive"
  mv "$to/.$archive.tar.gz" "$to/$archive.tar.gz"
done
ls -1 "$to"
