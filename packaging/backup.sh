#!/bin/sh
# Makes one backup and removes those that are older than 30 days. Called by rcms-backup.service.
#   backup SETTINGS FOLDER
# A file FOLDER/passphrase, when there is one, makes the keys of the node part of the backup, encrypted with its first line.
set -eu
settings=$1
folder=$2
keep_days=${RCMS_KEEP_DAYS:-30}

set -- backup "$folder/rcms-$(date -u +%Y-%m-%dT%H%M%SZ).tar" --config "$settings"
if [ -r "$folder/passphrase" ]; then set -- "$@" --passphrase-file "$folder/passphrase"; fi
/usr/bin/rcms "$@"
# Only after a good one: a node whose backups fail keeps its old ones.
find "$folder" -maxdepth 1 -name 'rcms-*.tar' -mtime "+$keep_days" -delete
