# Everything a script needs before its one job: launch server, or launch test.
# Needs: script, the folder script/.  Gives: checkout, python, DATABASE_URL and settings.

for part in say place packages environment dotenv binaries database; do
    . "$script/lib/$part.sh"
done

launch() {
    # Tests look the same on every machine, so they do not read what stands in .env here.
    [ "$1" = test ] || dotenv_use
    environment_use "$1"
    if database_is_given "$1"; then
        launch_given_database
    else
        database_use "$1"
        # Who runs on the private database is trying the program out on one machine.
        PENVOERDER_DEMO=${PENVOERDER_DEMO:-1}
        export PENVOERDER_DEMO
    fi
    launch_secret
}

# The private database is known to run; that of DATABASE_URL is tried once, so that a
# mistake in it is a sentence and not a traceback.
launch_given_database() {
    PYTHONPATH=$checkout "$python" "$script/lib/check_database.py" || exit 1
}

# A key of this checkout's own, so that sign-ins outlive a restart.
launch_secret() {
    [ -z "${PENVOERDER_SECRET_KEY:-}" ] || return 0
    if [ ! -s "$state/secret-key" ]; then
        (umask 077 && head -c 48 /dev/urandom | base64 | tr -d '\n' >"$state/secret-key.$$" &&
            mv -- "$state/secret-key.$$" "$state/secret-key") ||
            fail "In de map $state kan niet worden geschreven; maak daar ruimte."
    fi
    PENVOERDER_SECRET_KEY=$(cat -- "$state/secret-key")
    export PENVOERDER_SECRET_KEY
}
