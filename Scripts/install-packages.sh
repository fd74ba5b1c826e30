#!/bin/sh
# Checks what a build needs: the Swift toolchain and three system libraries. Missing libraries are installed with
# apt-get, as root or through sudo without a password. Nothing missing: no network, no output.
set -eu

swift=${SWIFT:-swift}
packages="libsqlite3-dev libxml2-dev zlib1g-dev"

# Swift brings these libraries along on macOS.
if [ "$(uname -s)" = Linux ]; then
    module() {
        case $1 in
        libsqlite3-dev) echo sqlite3 ;;
        libxml2-dev) echo libxml-2.0 ;;
        zlib1g-dev) echo zlib ;;
        esac
    }
    installed() {
        if command -v dpkg-query >/dev/null 2>&1 &&
            dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; then
            return 0
        fi
        command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "$(module "$1")" 2>/dev/null
    }

    missing=""
    for package in $packages; do
        installed "$package" || missing="$missing $package"
    done
    missing=${missing# }

    if [ -n "$missing" ]; then
        if ! command -v apt-get >/dev/null 2>&1; then
            echo "Dyad needs the development files of SQLite, libxml2 and zlib; apt-get, which would install them, is not here." >&2
            echo "Install what your system calls: $missing" >&2
            exit 1
        fi
        if [ "$(id -u)" -eq 0 ]; then
            as_root="env"
        elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
            as_root="sudo -n env"
        else
            echo "Dyad needs these system packages: $missing" >&2
            echo "Install them with this command, then run make again:" >&2
            echo >&2
            echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing" >&2
            exit 1
        fi
        echo "Installing system packages: $missing" >&2
        # One unreachable source must not keep the others from being used: the installation decides.
        $as_root apt-get update -qq >&2 || echo "apt-get update reported a problem; trying to install all the same." >&2
        # shellcheck disable=SC2086
        if ! $as_root DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2; then
            echo >&2
            echo "The packages could not be installed. Try: apt-get update && apt-get install -y $missing" >&2
            exit 1
        fi
    fi
fi

if ! command -v "$swift" >/dev/null 2>&1; then
    echo "Swift is missing: the command \"$swift\" was not found." >&2
    echo "Install the toolchain, version 6.3 or newer, from https://www.swift.org/install/ and put its usr/bin on the PATH," >&2
    echo "or name the command: make SWIFT=/path/to/usr/bin/swift" >&2
    exit 1
fi
