"""The command line: `dateline --help` teaches it.

Exit codes: 0 all went well; 1 done, but some items failed or `doctor` found something; 2 the
command or a setting is wrong, and the message says what to do; 130 interrupted.
"""

import os
import sys
from importlib import import_module

import typer

from dateline.errors import OperatorError

# Which module holds which command: only that of the command given is loaded, so that reading one
# article does not wait for the store and the web server to load.
ROOMS = {
    "init": "site",
    "add": "site",
    "sources": "site",
    "doctor": "site",
    "run": "running",
    "fetch": "running",
    "serve": "running",
    "work": "running",
    "read": "reading",
    "import": "exchange",
    "export": "exchange",
    "story": "story",
    "pin": "pin",
    "unpin": "pin",
    "pins": "pin",
    "backup": "keep",
    "restore": "keep",
    "demo": "demo",
}


def build_app(command: str = "") -> typer.Typer:
    """Return the command line with the commands of one room, or with all where none is named."""
    app = typer.Typer(
        name="dateline",
        help=(
            "Turn a list of sources into a news site in which every line can be traced.\n\n"
            "A first site: `dateline init my-site`, `dateline add https://example.org --home "
            "my-site`, `dateline run --home my-site`. To see one without any source: "
            "`dateline demo`.\n\n"
            "Exit codes: 0 all went well; 1 done, but some items failed; 2 wrong usage or "
            "settings; 130 interrupted."
        ),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(describe_nothing)  # so that one command alone is still called by its name
    rooms = [ROOMS[command]] if command in ROOMS else list(dict.fromkeys(ROOMS.values()))
    for room in rooms:
        import_module(f"dateline.cli.{room}").register(app)
    return app


def describe_nothing() -> None:
    """Do nothing: what there is to say stands in the help of the whole."""


def main() -> None:
    """Run the command line; an operator's mistake is one sentence, never a trace."""
    # Work is spread over processes, so that each needs one thread; read when numpy is first loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        build_app(sys.argv[1] if len(sys.argv) > 1 else "")()
    except OperatorError as error:
        sys.stderr.write(f"dateline: {error}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("dateline: interrupted; what was finished is kept.\n")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:  # a folder that cannot be made, a full disk, a port that is taken
        where = f": {error.filename}" if error.filename else ""
        sys.stderr.write(f"dateline: {error.strerror or error}{where}\n")
        sys.exit(2)
