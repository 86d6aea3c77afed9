# Is the port free that the server wants? Asked before anything slow, and once more
# just before serving, since a set-up can take minutes.
# Needs: say.sh, environment.sh, PORT.

port_is_free() {
    case $PORT in
        '' | *[!0-9]* | ??????*) fail "PORT is '$PORT'; goed is een getal van 1 tot en met 65535, zoals: PORT=8001 script/server" ;;
    esac
    # On a fresh machine there is no Python yet; the second time there is.
    port_python=$python
    [ -x "$port_python" ] || port_python=$(python_found) || return 0
    port_free=$("$port_python" "$script/lib/free_port.py" "$PORT") ||
        fail "PORT is '$PORT'; goed is een getal van 1 tot en met 65535, zoals: PORT=8001 script/server"
    [ "$port_free" = "$PORT" ] ||
        fail "Poort $PORT is al bezet of hier niet toegestaan; kies een vrije poort: PORT=$port_free script/server"
}
