# Settings from the file .env, for who does not want to type them: lines NAME=value.
# The file is read, never run. What the environment already holds goes before it.
# Needs: say.sh, place.sh.

dotenv_use() {
    [ -e "$checkout/.env" ] || return 0
    [ -r "$checkout/.env" ] || fail "Het bestand .env kan niet worden gelezen; geef $(id -un) daar leesrecht op."
    dotenv_number=0
    while IFS= read -r dotenv_line || [ -n "$dotenv_line" ]; do
        dotenv_number=$((dotenv_number + 1))
        case $dotenv_line in
            '' | '#'*) continue ;;
        esac
        dotenv_name=${dotenv_line%%=*}
        case $dotenv_name in
            "$dotenv_line" | '' | [0-9]* | *[!A-Za-z0-9_]*)
                fail "Regel $dotenv_number van .env is niet te lezen; goed is NAAM=waarde, zonder spaties om het teken =."
                ;;
        esac
        # The name holds only letters, digits and _, so that eval sees nothing else.
        if eval "[ -z \"\${$dotenv_name+set}\" ]"; then
            export "$dotenv_name=${dotenv_line#*=}"
        fi
    done <"$checkout/.env"
}
