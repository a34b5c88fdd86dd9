"""`seawall trace` as a person runs it."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from seawall.app.cli import app
from seawall.errors import InputError, UsageError

RUN = CliRunner()
GRAPH = """owner,owned,share_min,share_max,kind,from,to,owner_name,owned_name
p,a,60,60,,,,Petr Petrov,Alfa Holding
a,b,25-50,,,,,,Beta Shipping
p,b,10,10,,,,,
q,c,30,30,,,,Quirin,Gamma
p,c,30,30,,,,,
m,d,,,control,,,Mister M,Delta
o,e,80,80,,,2020-12-31,Otto,Beta
c,f,50,50,,,,,Zeta
"""


@pytest.fixture
def run(tmp_path):
    (tmp_path / "g.csv").write_text(GRAPH, encoding="utf-8")
    (tmp_path / "listed.txt").write_text("p\nquirin\n  MISTER   m\no\n", encoding="utf-8")

    def go(entity, *args, listed=True, width=80):
        parties = ("--listed", str(tmp_path / "listed.txt")) if listed else ()
        command = ["trace", entity, "--graph", str(tmp_path / "g.csv"), *parties, "--on", "2026-01-01", *args]
        return RUN.invoke(app, command, env={"COLUMNS": str(width)})

    return go


def answers(done):
    return {a["authority"]: a["answer"] for a in json.loads(done.stdout)["answers"]}


@pytest.mark.parametrize(
    ("entity", "code", "expected"),
    [
        ("a", 1, {"us": "blocked", "eu": "blocked", "uk": "blocked", "un": "may be blocked", "us-bis": "blocked"}),
        ("Beta Shipping", 1, dict.fromkeys(("us", "eu", "uk", "un", "us-bis"), "may be blocked")),
        ("c", 1, {"us": "blocked", "eu": "blocked", "uk": "not by what is known", "un": "may be blocked",
                  "us-bis": "blocked"}),
        ("d", 1, {"us": "not by what is known", "eu": "blocked", "uk": "blocked", "un": "blocked",
                  "us-bis": "not by what is known"}),
        ("e", 0, dict.fromkeys(("us", "eu", "uk", "un", "us-bis"), "not by what is known")),
    ],
)  # fmt: skip
def test_each_authority_answers(run, entity, code, expected):
    done = run(entity, "--format", "json")
    assert done.exit_code == code
    assert answers(done) == expected


def test_the_page_says_what_counts_why_and_what_to_ask(run):
    page = run("b", "--regime", "us").stdout
    assert "us: may be blocked" in page
    assert "Counts: 35 to 60 % of the shares." in page
    assert "<- Petr Petrov (p) [listed]: 60 % of the shares [g.csv, row 2]" in page
    assert "Ask: how much does Alfa Holding (a) hold of the shares of Beta Shipping (b)?" in page
    assert "Economic interest of the listed: 25 to 40 %. That is another thing" in page


def test_more_than_half_does_not_look_like_half(run, tmp_path):
    (tmp_path / "more.csv").write_text("owner,owned,share\np,x,majority\np,y,1\nx,y,33.333\n", encoding="utf-8")
    graph = ("--graph", str(tmp_path / "more.csv"), "--regime", "uk")
    assert "Counts: 50.000001 to 100 % of the shares." in run("x", *graph).stdout
    assert "Counts: 34.33 % of the shares." in run("y", *graph).stdout


def test_each_authority_has_its_word(run):
    page = run("d").stdout
    assert "un: exposed" in page
    assert "us-bis: not under licence duties by what is known" in page


@pytest.mark.parametrize("width", [50, 80])
@pytest.mark.parametrize("entity", ["a", "b", "c", "d", "e", "p", "f"])
def test_every_page_fits(run, entity, width):
    page = run(entity, width=width).stdout
    assert page
    assert all(len(line) <= width for line in page.splitlines())


def test_the_listed_itself(run):
    assert "us: listed itself" in run("p").stdout


def test_csv_and_markdown(run, tmp_path):
    rows = list(csv.DictReader(io.StringIO(run("c", "--format", "csv").stdout)))
    assert [(r["authority"], r["share_low"]) for r in rows][:2] == [("us", "60.000000"), ("eu", "60.000000")]
    assert rows[0]["proof"].count("30 % of the shares") == 2
    run("c", "--format", "md", "--out", str(tmp_path / "c.md"))
    assert "```text\nGamma (c)\n" in (tmp_path / "c.md").read_text(encoding="utf-8")


def test_the_tests_of_another_day(run):
    done = run("f", "--on", "2024-07-02", "--regime", "eu", "--format", "json")
    assert answers(done) == {"eu": "not by what is known"}
    assert answers(run("f", "--on", "2024-07-03", "--regime", "eu", "--format", "json")) == {"eu": "blocked"}
    assert answers(run("e", "--on", "2020-12-31", "--regime", "us", "--format", "json")) == {"us": "blocked"}


def test_lists_count_for_their_authority_and_day(run, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("id,name,authority,listed_on,delisted_on\nx,Petr Petrov,us,2022-01-01,2026-06-01\n")
    lists = ("--lists", str(path), "--format", "json")
    done = run("a", *lists, listed=False)
    assert answers(done) == {"us": "blocked"}
    assert "eu is not asked: none of the lists is its own." in json.loads(done.stdout)["notes"]
    for day in ("2021-12-31", "2026-06-01"):
        done = run("a", *lists, "--on", day, listed=False)
        assert (done.exit_code, answers(done)) == (0, {"us": "not by what is known"})


def test_a_number_of_a_list_is_no_id_and_a_name_alone_is_told(run, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("id,name,authority\na,Somebody,us\nx,Petr Petrov,us\n", encoding="utf-8")
    assert "us: blocked" in run("a", "--lists", str(path), listed=False).stdout
    notes = json.loads(run("b", "--lists", str(path), "--format", "json", listed=False).stdout)["notes"]
    assert "Taken as listed by the name alone: Petr Petrov (p). Check that they are the same." in notes
    assert "name alone" not in run("a").stdout


def test_a_list_of_no_authority_counts_for_all(run, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("id,name\nx,Petr Petrov\n")
    done = run("a", "--lists", str(path), "--format", "json", listed=False)
    assert answers(done)["uk"] == "blocked"
    assert any("counts as listed by every authority" in note for note in json.loads(done.stdout)["notes"])


def test_faults_of_the_data_are_told(run, tmp_path):
    (tmp_path / "more.csv").write_text("owner,owned,share\nz,a,60\n,a,150\np,b,40\n", encoding="utf-8")
    done = run("a", "--graph", str(tmp_path / "more.csv"), "--format", "json")
    errors = [(e["row"], e["field"], e["message"][:12]) for e in json.loads(done.stdout)["errors"]]
    assert errors == [
        (3, "share", "'150' is not"),
        (3, "owner", "the owner is"),
        *((row, "share", "the owners h") for row in (2, 2, 3)),
        *((row, "share", "two statemen") for row in (4, 4)),
    ]
    assert "row 3, field 'share': '150' is not between 0 and 100 percent: taken as unknown" in done.stderr


@pytest.mark.parametrize(
    ("entity", "args", "says"),
    [
        ("nobody", (), "no entity 'nobody' in the graph"),
        ("a", ("--regime", "xx"), "no authority 'xx'"),
        ("a", ("--regime", "us-bis", "--on", "2020-01-01"), "no ownership test"),
        ("a", ("--format", "pdf"), "--format must be"),
        ("a", ("--on", "today"), "must be a day"),
    ],
)
def test_wrong_calls(run, entity, args, says):
    done = run(entity, *args)
    assert isinstance(done.exception, UsageError)
    assert done.exception.exit_code == 2
    assert says in str(done.exception)


def test_nobody_said_who_is_listed(run):
    assert isinstance(run("a", listed=False).exception, UsageError)


def test_a_name_of_several(run, tmp_path):
    (tmp_path / "more.csv").write_text("owner,owned,owner_name\nk,a,Gamma\n", encoding="utf-8")
    done = run("gamma", "--graph", str(tmp_path / "more.csv"))
    assert "is the name of several: c, k" in str(done.exception)


def test_bad_input(run, tmp_path):
    (tmp_path / "bad.csv").write_text("who,whom\na,b\n", encoding="utf-8")
    for args in (("--graph", str(tmp_path / "bad.csv")), ("--lists", str(tmp_path / "none.csv"))):
        done = run("a", *args)
        assert isinstance(done.exception, InputError)
        assert done.exception.exit_code == 3
