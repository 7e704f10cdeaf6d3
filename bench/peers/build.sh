#!/usr/bin/env bash
# Builds the C peers of the benches. Needs gcc, libssl-dev and libsrtp2-dev (Debian).
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p ../../artifacts/peers
gcc -O2 -Wall -Wextra -o ../../artifacts/peers/srtp_peer srtp_peer.c -lsrtp2 -lcrypto
