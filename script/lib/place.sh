# Where this checkout stands and where it keeps what may not stand in it: the data,
# log and socket of its private database, and binaries that another account must read.
# Needs: say.sh.  Gives: checkout, state, account, account_id, as_account.

checkout=$(cd -- "$script/.." && pwd -P) || fail "De map van dit programma kan niet worden gelezen."
place_hash=$(printf '%s' "$checkout" | sha256sum | cut -c 1-12)

# PostgreSQL refuses to run as root, so under root the database has an account of its
# own. Which one was chosen is kept: Debian's `postgres` may appear only later.
if [ "$(id -u)" -eq 0 ]; then
    state=/var/lib/penvoerder/$place_hash
    account=$(cat -- "$state/account" 2>/dev/null) || account=postgres
    id "$account" >/dev/null 2>&1 || account=nobody
else
    [ -n "${XDG_STATE_HOME:-}${HOME:-}" ] || fail "De variabele HOME is leeg; vul hem met uw eigen map."
    state=${XDG_STATE_HOME:-$HOME/.local/state}/penvoerder/$place_hash
    account=$(id -un 2>/dev/null) || account=$(id -u)
fi
account_id=$(id -u "$account" 2>/dev/null) || account_id=$account

# Run a command as the account that owns the database. The environment is made anew:
# PGPORT or PGDATA of whoever calls must not reach the private database.
as_account() (
    cd / || exit 1
    if [ "$(id -u)" -eq 0 ]; then
        exec env -i PATH="$PATH" HOME=/ LC_ALL=C.UTF-8 \
            setpriv --reuid "$account_id" --regid "$(id -g "$account")" --clear-groups "$@"
    fi
    exec env -i PATH="$PATH" HOME=/ LC_ALL=C.UTF-8 "$@"
)

# Make the state folder. It belongs to whoever runs the scripts; the account only passes
# through it, so that it cannot lay links where root writes.
state_folder() {
    if [ "$(id -u)" -eq 0 ]; then state_mode=711; else state_mode=700; fi
    mkdir -p -m "$state_mode" -- "$state" 2>/dev/null && [ -w "$state" ] &&
        chmod "$state_mode" -- "$state" &&
        { [ -s "$state/checkout" ] || printf '%s\n' "$checkout" >"$state/checkout"; } &&
        { [ -s "$state/account" ] || printf '%s\n' "$account" >"$state/account"; } ||
        fail "In de map $state kan niet worden geschreven; zorg dat $(id -un) daar mag schrijven en dat de schijf niet vol is."
}

# Make a folder that only the account can enter, or say whose it is instead. A folder of
# somebody else in /tmp is refused, not used.
private_folder() {
    if [ ! -d "$1" ]; then
        mkdir -m 700 -- "$1" 2>/dev/null && chown "$account_id" -- "$1" || [ -d "$1" ] ||
            fail "De map $1 kan niet worden gemaakt; zorg dat er ruimte is en dat $(id -un) daar mag schrijven."
    fi
    [ ! -L "$1" ] && [ "$(stat -c '%u %a' -- "$1")" = "$account_id 700" ] ||
        fail "De map $1 is niet van $account alleen; laat een beheerder dat herstellen met: chown $account '$1' && chmod 700 '$1'"
}
