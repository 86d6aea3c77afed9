# The Debian packages that Python packages cannot bring: libraries, fonts, programs.
# Presence is seen without root, by the thing itself: it may come from elsewhere.
# Needs: say.sh, place.sh.  Gives: packages_use.

# Install what is missing for $1, `server` or `test`, or say how.
packages_use() {
    packages_missing=
    # A virtual environment is made once; afterwards .venv itself shows that it could be.
    if [ ! -x "$checkout/.venv/bin/python" ]; then
        packages_python
    fi
    packages_library libpangoft2-1.0.so.0 libpangoft2-1.0-0
    packages_library libharfbuzz-subset.so.0 libharfbuzz-subset0
    packages_file /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf fonts-dejavu-core
    if [ "$1" = test ]; then
        packages_program chromium chromium
        packages_program qpdf qpdf
        packages_program pdftotext poppler-utils
        packages_program javac default-jdk-headless
        packages_file /usr/share/java/jaxb-core.jar libjaxb-java
    fi
    [ -z "$packages_missing" ] || packages_install
}

packages_need() {
    packages_missing="$packages_missing $1"
}

packages_program() {
    command -v "$1" >/dev/null 2>&1 || packages_need "$2"
}

packages_file() {
    [ -e "$1" ] || packages_need "$2"
}

packages_library() {
    for packages_folder in /usr/lib/*-linux-gnu* /usr/lib /usr/lib64 /usr/local/lib; do
        [ ! -e "$packages_folder/$1" ] || return 0
    done
    packages_need "$2"
}

# Debian parts `ensurepip` from Python; without it no virtual environment can be made.
packages_python() {
    if ! packages_interpreter=$(python_found); then
        packages_need python3
        packages_need python3-venv
    elif ! "$packages_interpreter" -c 'import ensurepip' >/dev/null 2>&1; then
        packages_need "$(basename -- "$packages_interpreter")-venv"
    fi
}

# Print a Python of at least 3.11: the one called python3 first, then newer names.
python_found() {
    for python_name in python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        if "$python_name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s\n' "$python_name"
            return
        fi
    done
    return 1
}

packages_install() {
    packages_line="apt-get install --no-install-recommends$packages_missing"
    command -v apt-get >/dev/null 2>&1 ||
        fail "Op dit systeem ontbreekt wat in Debian zo heet:$packages_missing; installeer de pakketten van uw systeem met dezelfde inhoud."
    [ "$(id -u)" -eq 0 ] ||
        fail "Er ontbreken pakketten van Debian; laat een beheerder dit uitvoeren en start daarna opnieuw: $packages_line"
    say "Pakketten van Debian worden geïnstalleerd:$packages_missing."
    # An old or empty list of packages is the usual reason why the first try fails.
    packages_apt || { apt-get update >>"$state/apt.log" 2>&1 && packages_apt; } ||
        fail "De pakketten zijn niet geïnstalleerd (de reden staat in $state/apt.log); los dat op of voer zelf uit: apt-get update && $packages_line"
}

packages_apt() {
    # shellcheck disable=SC2086  # a list of names without spaces
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        -o DPkg::Lock::Timeout=300 $packages_missing >>"$state/apt.log" 2>&1 </dev/null
}
