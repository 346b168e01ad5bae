"""For the operator's commands."""
import pytest


@pytest.fixture
def run(app):
    """Run a command line; its exit code and everything it printed."""
    runner = app.test_cli_runner()

    def run(*words):
        result = runner.invoke(args=[str(word) for word in words])
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


@pytest.fixture
def told(run):
    """Run a command line that must succeed; its lines, each the list of its cells."""
    def told(*words):
        code, output = run(*words)
        assert code == 0, output
        return [line.split("\t") for line in output.splitlines()]

    return told
