# Wait until no script uses the private database any more, then stop it cleanly. Runs
# by itself, out of reach of Ctrl-C, so that also a killed script leaves nothing behind.
# Arguments: the folder script/, the kind of database, the folder of its binaries.

script=$1
kind=$2
bin=$3
. "$script/lib/say.sh"
. "$script/lib/place.sh"
. "$script/lib/database.sh"
database_place "$kind"

# Descriptor 7 came along: the lock of the only watcher. It is let go before that of the
# users, so that whoever starts the database anew can always have a new watcher.
exec 8>>"$database_home.users.lock"
flock 8
database_bury
as_account "$bin/pg_ctl" -D "$database_data" -m fast -t 60 -w stop 7>&- 8>&-
exec 7>&-
