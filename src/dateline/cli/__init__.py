"""The command line: `dateline --help` teaches it.

Exit codes: 0 all went well; 1 done, but some items failed or `doctor` found something; 2 the
command or a setting is wrong, and the message says what to do; 130 interrupted.
"""

import sys

import typer

from dateline.cli import demo, exchange, keep, reading, running, site
from dateline.errors import OperatorError

app = typer.Typer(
    name="dateline",
    help=(
        "Turn a list of sources into a news site in which every line can be traced.\n\n"
        "A first site: `dateline init my-site`, `dateline add https://example.org --home my-site`, "
        "`dateline run --home my-site`. To see one without any source: `dateline demo`.\n\n"
        "Exit codes: 0 all went well; 1 done, but some items failed; 2 wrong usage or settings; "
        "130 interrupted."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for room in (site, running, reading, exchange, keep, demo):
    room.register(app)


def main() -> None:
    """Run the command line; an operator's mistake is one sentence, never a trace."""
    try:
        app()
    except OperatorError as error:
        sys.stderr.write(f"dateline: {error}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("dateline: interrupted; what was finished is kept.\n")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
