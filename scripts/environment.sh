# shellcheck shell=sh
# Sourced by the commands beside it, which set $here: `ensure_environment EXTRA...` makes the project's own environment in
# .venv, whose interpreter is $python.
#
# Needs Python 3.11 or newer with venv and pip, and nothing else. An environment that fits pyproject.toml, this place and
# the wanted extras is used as it is.

root=$(cd "$here/.." && pwd)
venv=$root/.venv
python=$venv/bin/python
stamp=$venv/pykala-environment
unset PYTHONHOME PYTHONPATH
export PYTHONNOUSERSITE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    say 'pykala needs Python 3.11 or newer with its modules venv and ensurepip (on Debian and Ubuntu: python3-venv).'
    return 1
}

# What the environment has to fit: the dependencies, the place (scripts and the editable install hold absolute paths).
fits() { printf '%s\n%s\n' "$root" "$(cksum <"$root/pyproject.toml")"; }

has_extras() {
    for extra; do
        case " $(sed -n '3p' "$stamp") " in *" $extra "*) ;; *) return 1 ;; esac
    done
}

is_ready() { [ -x "$python" ] && "$python" -c '' 2>/dev/null && [ "$(sed -n '1,2p' "$stamp" 2>/dev/null)" = "$(fits)" ]; }

install_project() {
    extras=$(printf '%s\n' "$@" | sort -u | tr '\n' ' ' | sed 's/^ *//; s/ *$//')
    wanted=$root${extras:+[$(printf '%s' "$extras" | tr ' ' ',')]}
    log=$venv/install.log
    rm -f "$stamp"
    if ! "$python" -m pip install --quiet --editable "$wanted" >"$log" 2>&1; then
        cat "$log" >&2
        say "The packages could not be installed (above: what pip said; also in $log)."
        return 1
    fi
    { fits && printf '%s\n' "$extras"; } >"$stamp"
}

ensure_environment() {
    if is_ready; then
        has_extras "$@" && return
        say "Adding to the environment in .venv: $* …"
        # shellcheck disable=SC2046  # one word an extra
        install_project "$@" $(sed -n '3p' "$stamp")
        return
    fi
    base=$(find_python) || return
    say "Making the environment in .venv with $("$base" --version) (once; a minute or two) …"
    "$base" -m venv --clear "$venv" || return
    install_project "$@"
}
