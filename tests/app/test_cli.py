"""The command as a person runs it: exit codes, errors on stderr, output whole or not there."""

import csv
import io
import json
import subprocess
import sys
import time

import pytest

from seawall.app.terminal import progress

HEADER = "id,date,activity,from_country,to_country,hs,buyer,contract_date\n"
GOOD = "d1,2018-03-01,import,kp,ru,6203,Buyer A,\n"


@pytest.fixture
def seawall(tmp_path):
    def run(*args, **files):
        for name, content in files.items():
            path = tmp_path / name.replace("__", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return subprocess.run(
            [sys.executable, "-m", "seawall.app.cli", *args],
            cwd=tmp_path,
            env={
                "PATH": "/usr/bin:/bin",
                "HOME": str(tmp_path),
                "COLUMNS": "80",
                "SEAWALL_DATA": str(tmp_path / "data"),
            },
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_a_textile_import_after_the_ban_is_prohibited_and_exits_1(seawall):
    done = seawall("check", "d.csv", "--format", "json", d__csv=HEADER + GOOD)
    assert done.returncode == 1, done.stderr
    (verdict,) = json.loads(done.stdout)["verdicts"]
    assert verdict["outcome"] == "prohibited"
    assert "unscr-2375-16" in done.stdout


def test_clean_trade_exits_0_and_is_never_called_clear(seawall):
    done = seawall("check", "d.csv", d__csv=HEADER + "d1,2018-03-01,export,ru,cn,4403,Buyer A,\n")
    assert done.returncode == 0, done.stderr
    assert "no measure found" in done.stdout.lower().replace("_", " ")
    assert "clear" not in done.stdout.lower()


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("d2,2018-02-31,import,kp,ru,6203,Buyer A,\n", "date"),
        ("d2,2018-03-01,smuggle,kp,ru,6203,Buyer A,\n", "activity"),
        ("d2,2018-03-01,import,kp,ru,620,Buyer A,\n", "hs"),
        ("d2,2018-03-01,import,kp,ru,6203,Buyer\0A,\n", "NUL"),
    ],
)
def test_a_bad_row_is_named_and_the_good_one_is_judged(seawall, row, names):
    done = seawall("check", "d.csv", "--format", "csv", d__csv=HEADER + row + GOOD)
    assert done.returncode == 1, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    assert "d.csv" in line
    assert "row 2" in line
    assert names in line
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert any(r["dealing_id"] == "d1" and r["outcome"] == "prohibited" for r in rows)
    assert any(r["error"] for r in rows)


@pytest.mark.parametrize("content", ["", "\n", "nothing,we,know\n1,2,3\n", HEADER])
def test_nothing_readable_exits_3_with_one_line(seawall, content):
    done = seawall("check", "d.csv", d__csv=content)
    assert done.returncode == 3
    assert done.stdout == ""
    assert "d.csv" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_file_exits_3(seawall):
    done = seawall("check", "absent.csv")
    assert done.returncode == 3
    assert "absent.csv" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("check",),
        ("check", "d.csv", "--example"),
        ("check", "--example", "--on", "31 February"),
        ("check", "--example", "--format", "pdf"),
        ("screen", "p.csv", "--map", "name"),
        ("screen", "p.csv", "--workers", "-1"),
        ("compare", "p.csv", "--format", "html"),
        ("compare",),
        ("law", "show", "unscr-9999-1"),
        ("law", "list", "--regime", "nowhere"),
        ("law", "list", "--topic", "nothing"),
        ("law", "show", "unscr-2375-16", "--on", "soon"),
        ("law", "show", "unscr-2375-16", "--format", "pdf"),
        ("law", "timeline", "--activity", "smuggle"),
        ("law", "timeline", "--format", "svg"),
        ("law", "coverage", "--regime", "nowhere"),
        ("check", "--example", "--explain", "--format", "csv"),
        ("nonsense",),
    ],
)
def test_wrong_use_exits_2(seawall, args):
    done = seawall(*args, p__csv="name\nSomebody\n")
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr


def test_explain_says_why_and_what_to_ask_for(seawall):
    row = "d1,2017-10-15,import,kp,ru,6203,Buyer A,\n"
    done = seawall("check", "d.csv", "--explain", d__csv=HEADER + row)
    assert done.returncode == 1, done.stderr
    flat = " ".join(done.stdout.split())
    assert "Yes: the goods are in the scope (textiles): the HS code of the goods is 6203" in flat
    assert "the date of the contract is missing; ask for it. If so, exempt" in flat


def test_out_is_written_whole(seawall, tmp_path):
    done = seawall("check", "d.csv", "--format", "html", "--out", "r.html", d__csv=HEADER + GOOD)
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "r.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["d.csv", "r.html"]


def test_out_into_a_folder_that_is_not_there_says_so(seawall):
    done = seawall("check", "d.csv", "--format", "md", "--out", "no/such/r.md", d__csv=HEADER + GOOD)
    assert done.returncode == 2
    assert "no/such/r.md" in done.stderr


def test_lists_of_ones_own_are_used(seawall):
    own = "name,schema,reference,imo,passport,listed_on\nGlowing Harbour Trading,Company,X-7,,,2016-01-01\n"
    done = seawall(
        "screen", "p.csv", "--lists", "own.csv", "--format", "json",
        p__csv="id,name\n1,Glowing Harbor Trading\n2,Somebody Else\n", own__csv=own,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert '"X-7"' in done.stdout


def test_load_then_status_then_screen_from_the_snapshot(seawall):
    own = "name,schema,reference,imo,passport,listed_on\nGlowing Harbour Trading,Company,X-7,,,2016-01-01\n"
    loaded = seawall("lists", "load", "own.csv", own__csv=own)
    assert loaded.returncode == 0, loaded.stderr
    assert "own.csv" in loaded.stdout
    status = seawall("lists", "status")
    assert "Snapshot" in status.stdout
    done = seawall("screen", "p.csv", "--format", "csv", p__csv="name\nGlowing Harbour Trading\n")
    assert done.returncode == 1, done.stderr
    assert "X-7" in done.stdout


PAIRS = "set,schema,name1,name2\na,Person,Anna Petrova,Petrova Anna\nb,,Somebody,\nc,Person,Anna Petrova,John Smith\n"


def test_pairs_are_compared_into_a_file(seawall, tmp_path):
    done = seawall("compare", "p.csv", "--out", "o.csv", p__csv=PAIRS)
    assert done.returncode == 0, done.stderr
    assert "p.csv, row 3, field 'name2': is empty" in done.stderr
    same, other, fault = csv.DictReader(io.StringIO((tmp_path / "o.csv").read_text(encoding="utf-8")))
    assert list(same) == ["set", "schema", "name1", "name2", "score", "why", "error"]
    assert (same["set"], other["set"]) == ("a", "c")
    assert 1 >= float(same["score"]) > 0.7 > float(other["score"]) >= 0
    assert "row 3" in fault["error"]
    assert same["why"]


def test_pairs_are_compared_on_the_screen_and_as_json(seawall):
    done = seawall("compare", "p.csv", p__csv=PAIRS)
    assert done.returncode == 0, done.stderr
    assert "2 pairs" in done.stdout
    lines = '{"name1": "Anna", "name2": "Anna", "id": "x"}\n'
    done = seawall("compare", "p.jsonl", "--format", "jsonl", p__jsonl=lines)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["id"] == "x"


@pytest.mark.parametrize("content", ["name1\nA\n", "name1,name2\n", "name1,name2\nA,\n"])
def test_without_a_pair_it_exits_3(seawall, content):
    done = seawall("compare", "p.csv", p__csv=content)
    assert done.returncode == 3
    assert "p.csv" in done.stderr
    assert "Traceback" not in done.stderr


def test_threads_change_no_answer(seawall):
    own = "name,schema,reference\n" + "".join(f"Glowing Harbour Trading,Company,X-{n}\n" for n in range(9))
    parties = "name\n" + "Glowing Harbor Trading\n" * 200
    runs = [
        seawall("screen", "p.csv", "--lists", "own.csv", "--format", "csv", *more, own__csv=own, p__csv=parties)
        for more in ((), ("--workers", "1"), ("--workers", "3"))
    ]
    assert [run.returncode for run in runs] == [1, 1, 1], runs[0].stderr
    assert runs[0].stdout == runs[1].stdout == runs[2].stdout


@pytest.mark.parametrize(("names", "shown"), [(5_001, True), (5_000, False)])
def test_a_bar_shows_on_a_terminal_when_it_takes_long(monkeypatch, names, shown):
    page = io.StringIO()
    page.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", page)
    with progress(names, "looking") as told:
        told(1_234)
        time.sleep(0.3)  # the bar is drawn ten times a second
    assert ("looking" in page.getvalue()) == shown
    assert (f"1234/{names}" in page.getvalue().replace(" ", "")) == shown


def test_no_bar_is_written_into_a_file(monkeypatch):
    page = io.StringIO()
    monkeypatch.setattr(sys, "stderr", page)
    with progress(1_000_000, "looking") as told:
        told(1)
    assert page.getvalue() == ""


def test_xml_with_entities_is_refused(seawall):
    bomb = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>'
    done = seawall("check", "d.csv", "--lists", "un.xml", d__csv=HEADER + GOOD, un__xml=bomb)
    assert done.returncode == 3
    assert "un.xml" in done.stderr
    assert "Traceback" not in done.stderr
