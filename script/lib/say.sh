# What a script tells a person: Dutch sentences on standard error, so that standard
# output belongs to the command that was asked for.

say() {
    printf '%s\n' "$*" >&2
}

# Say one sentence and end this script: what is wrong and what would be right.
fail() {
    printf 'Fout: %s\n' "$*" >&2
    exit 1
}
