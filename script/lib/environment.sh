# The Python environment .venv, made from the lock files with their hashes.
# Needs: say.sh, place.sh, packages.sh.  Gives: environment_use, python.
#
# No package index is named here, and PIP_*, UV_* and SSL_* are left as they are: whoever
# has a mirror or a certificate of their own has set them.

venv=$checkout/.venv
python=$venv/bin/python

# Make what is missing for $1, `server` or `test`. One script at a time; the next finds
# it made. A stamp with the hash of all that decides makes a second start quick.
environment_use() {
    state_folder
    environment_umask=$(umask)
    umask 077
    exec 9>>"$state/environment.lock"
    umask "$environment_umask"
    flock -w 3 9 || { say "Een ander venster maakt de omgeving klaar; even wachten." && flock -w 1800 9; } ||
        fail "De omgeving van een ander venster komt niet klaar; sluit dat venster en probeer het opnieuw."
    packages_use "$1"
    environment_lock_file=$checkout/requirements.txt
    [ "$1" = server ] || environment_lock_file=$checkout/requirements-test.txt
    environment_is_ready "$1" || environment_make "$1"
    exec 9>&-
}

environment_is_ready() {
    [ -x "$python" ] && [ ! -e "$venv/unfinished" ] &&
        [ "$(cat -- "$venv/ready-for-$1" 2>/dev/null)" = "$(environment_stamp)" ]
}

# All that makes the environment another one: the lock, the interpreter, the place.
environment_stamp() {
    { cat -- "$environment_lock_file" && readlink -f -- "$python" && printf '%s\n' "$venv"; } |
        sha256sum | cut -c 1-64
}

# What was broken off half-way is thrown away: nobody can tell which half is there.
environment_make() {
    if [ -e "$venv/unfinished" ] || ! "$python" -m pip --version >/dev/null 2>&1; then
        rm -rf -- "$venv" || fail "De map $venv kan niet worden vernieuwd; maak haar van $(id -un) of verwijder haar."
        say "De Python-omgeving wordt gemaakt in .venv."
        mkdir -- "$venv" 2>/dev/null && : >"$venv/unfinished" ||
            fail "In de map $checkout kan niet worden geschreven; zorg dat $(id -un) dat mag en dat de schijf niet vol is."
        environment_run "$(python_found)" -m venv "$venv"
    fi
    : >"$venv/unfinished" || fail "De map $venv is niet van $(id -un); verwijder haar of start als haar eigenaar."
    say "Python-pakketten worden geïnstalleerd (de eerste keer ongeveer een minuut)."
    environment_install
    # The lock of the tests holds all that the server needs, in the same versions.
    environment_stamp >"$venv/ready-for-$1"
    [ "$1" = server ] || (environment_lock_file=$checkout/requirements.txt && environment_stamp >"$venv/ready-for-server")
    rm -- "$venv/unfinished"
}

# uv installs five times as fast; where it cannot be had or fails, pip does the same.
environment_install() {
    if environment_pip -r "$checkout/requirements-uv.txt" >"$state/install.log" 2>&1 &&
        "$python" -m uv pip install --quiet --python "$python" --require-hashes \
            -r "$environment_lock_file" >>"$state/install.log" 2>&1; then
        return
    fi
    say "Dat ging niet met uv; het gaat verder met pip."
    environment_run environment_pip -r "$environment_lock_file"
}

environment_pip() {
    "$python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes "$@"
}

environment_run() {
    "$@" >>"$state/install.log" 2>&1 ||
        fail "De Python-omgeving komt niet af (de reden staat in $state/install.log); zorg voor netwerk en ruimte op de schijf en start opnieuw."
}
