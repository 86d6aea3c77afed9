# The private database of this checkout: made, started, found again, and left to
# stop_when_unused.sh, which ends it after the last script that uses it.
# Needs: say.sh, place.sh, binaries.sh.  Gives: database_use, which exports DATABASE_URL, and
# database_is_given.
#
# Descriptor 8 is a shared lock that this script and its children hold as long as they
# live; the kernel lets it go whatever way they end. Descriptor 9 admits one starter.
# The server gets neither, or it would keep its own locks.

# Where the private database of kind $1 stands. A socket's path may have 107 bytes, so
# it lies in /tmp; $1 is `server`, for what people edit, or `test`, which is fast and may
# lose its data when the machine stops.
database_place() {
    database_home=$state/$1
    database_data=$database_home/data
    database_log=$database_home/postgresql.log
    database_socket=/tmp/pv-$account_id-$place_hash-$1
    database_url="postgresql://penvoerder@/penvoerder?host=%2Ftmp%2F${database_socket#/tmp/}&port=5432"
}

# Did somebody name a database? A script called by another of this checkout did not.
database_is_given() {
    database_place "$1"
    [ -n "${DATABASE_URL:-}" ] && [ "$DATABASE_URL" != "$database_url" ]
}

# Start the private database of kind $1 where it does not run, and export DATABASE_URL.
database_use() {
    database_place "$1"
    state_folder
    database_umask=$(umask)
    umask 077
    exec 7>>"$database_home.watcher.lock" 8>>"$database_home.users.lock" 9>>"$database_home.start.lock"
    exec 7>&-
    umask "$database_umask"
    flock -w 120 9 && flock -w 120 -s 8 ||
        fail "De database van een ander venster komt niet klaar met starten of stoppen; sluit dat venster en probeer het opnieuw."

    private_folder "$database_home"
    private_folder "$database_socket"
    database_binaries
    database_make
    database_running || database_start "$1"
    database_watch "$1"
    exec 9>&-
    DATABASE_URL=$database_url
    export DATABASE_URL
}

database_binaries() {
    database_version=$(as_account cat "$database_data/PG_VERSION" 2>/dev/null) || database_version=
    if [ -z "$database_version" ] && [ -e "$database_data" ]; then
        fail "De gegevens in $database_data zijn niet te lezen voor $account; herstel de rechten met: chown -R $account '$database_data' && chmod -R u+rwX '$database_data'"
    fi
    database_bin=$(binaries_for "$database_version")
    if [ -z "$database_bin" ] && [ -n "${PENVOERDER_PG_BIN:-}" ]; then
        fail "In de map $PENVOERDER_PG_BIN (PENVOERDER_PG_BIN) staat geen PostgreSQL ${database_version:-15 of nieuwer}; laat die variabele weg of noem een map met initdb, pg_ctl en postgres van die versie."
    elif [ -z "$database_bin" ] && [ -n "$database_version" ]; then
        fail "De gegevens in $database_data zijn van PostgreSQL $database_version, dat hier niet staat; installeer het met: apt-get install postgresql-$database_version"
    elif [ -z "$database_bin" ]; then
        fail "Er is geen PostgreSQL 15 of nieuwer gevonden; installeer het met: apt-get install postgresql"
    fi
    database_bin=$(binaries_readable "$database_bin") && [ -n "$database_bin" ] || exit 1
}

# Make the cluster under another name and rename it when whole, so that a start that
# was broken off never leaves half a database behind.
database_make() {
    [ -z "$database_version" ] || return 0
    say "De database wordt gemaakt in $database_home."
    # shellcheck disable=SC2016  # expanded by the inner shell
    as_account sh -c '
        exec >"$2/initdb.log" 2>&1
        rm -rf -- "$2/data.new" &&
            "$1/initdb" -D "$2/data.new" -U penvoerder --auth=trust --encoding=UTF8 --locale=C.UTF-8 &&
            echo "CREATE DATABASE penvoerder" | "$1/postgres" --single -D "$2/data.new" postgres &&
            mv -- "$2/data.new" "$2/data"
    ' make-database "$database_bin" "$database_home" 8>&- 9>&- 2>/dev/null ||
        fail "De database kan niet worden gemaakt; los de reden op die in $database_home/initdb.log staat (vaak is de schijf vol) en start opnieuw."
}

# Running and reachable: a server whose socket was swept from /tmp counts as neither.
database_running() {
    database_bury
    as_account "$database_bin/pg_ctl" -D "$database_data" status >/dev/null 2>&1 || return 1
    [ -S "$database_socket/.s.PGSQL.5432" ] && return
    as_account "$database_bin/pg_ctl" -D "$database_data" -m fast -w stop >/dev/null 2>&1
    return 1
}

# Inside a container nobody may collect a killed server: it stays in the list of
# processes as a zombie, and PostgreSQL takes it for a running one. Its marks go once
# the processes that it left behind in the data folder have ended.
database_bury() {
    database_pid=$(as_account sed -n 1p "$database_data/postmaster.pid" 2>/dev/null)
    case $(sed -n 's/^State:[[:space:]]*//p' "/proc/${database_pid:-none}/status" 2>/dev/null) in
        Z*) ;;
        *) return ;;
    esac
    database_inode=$(as_account stat -c %d:%i "$database_data")
    database_tries=0
    while stat -L -c %d:%i /proc/[0-9]*/cwd 2>/dev/null | grep -qx "$database_inode"; do
        database_tries=$((database_tries + 1))
        [ "$database_tries" -lt 100 ] ||
            fail "Een vorige database van $database_data stopt niet; beëindig haar processen en start opnieuw."
        sleep 0.1
    done
    as_account rm -f "$database_socket/.s.PGSQL.5432.lock" "$database_data/postmaster.pid"
}

database_start() {
    database_options="-h '' -k $database_socket -p 5432"
    if [ "$1" = test ]; then
        database_options="$database_options -N 200 -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    fi
    as_account mv -f -- "$database_log" "$database_log.1" 2>/dev/null
    as_account "$database_bin/pg_ctl" -D "$database_data" -l "$database_log" -t 120 -w \
        -o "$database_options" start </dev/null >/dev/null 2>&1 8>&- 9>&- ||
        fail "De database start niet; los de reden op die onderaan in $database_log staat en start opnieuw."
}

# Leave a watcher behind, where there is none. It inherits the lock that makes it the only
# one, so that there is no moment at which the server runs without it.
database_watch() {
    exec 7>>"$database_home.watcher.lock"
    if flock -n 7; then
        setsid sh "$script/lib/stop_when_unused.sh" "$script" "$1" "$database_bin" \
            </dev/null >/dev/null 2>&1 8>&- 9>&- &
    fi
    exec 7>&-
}
