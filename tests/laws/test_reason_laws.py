"""Laws of explaining: the words say what the judge says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judge_cases import RULEBOOK, TERMS, dealings

from seawall.judge import TESTS, Options, judge, reasons, standing
from seawall.judge.facts import facts
from seawall.judge.frames import evaluate
from seawall.judge.rulebook import OUTCOMES, outcome
from seawall.judge.sentences import Lexicon, either, sentence
from seawall.model import Activity, Condition, Outcome, Terms, Truth

WORDS = {None: "this measure does not apply", Outcome.UNDETERMINED: "still undetermined", Outcome.EXEMPT: "exempt ("}
BY_GRAVITY = {o.gravity: o for o in Outcome}


@settings(deadline=None, max_examples=12)
@given(dealings)
def test_what_an_answer_would_give_is_worked_out_as_the_judge_does(dealing):
    leaves = evaluate(RULEBOOK, facts([dealing], None), ())
    row = leaves.row(0, named=True)
    said = leaves.select(outcome(m, RULEBOOK.targets[m.regime]).alias(m.id) for m in RULEBOOK.measures).row(0)
    for m, gravity in zip(RULEBOOK.measures, said, strict=True):
        target = RULEBOOK.targets[m.regime]
        expected = None if gravity is None else BY_GRAVITY[gravity]
        words = WORDS.get(expected) or OUTCOMES[m.effect].value.replace("_", " ")
        in_force = reasons.within(m.start, m.end, row["day"])
        assert reasons._said(m, row, target, in_force).startswith(words)


@settings(deadline=None, max_examples=12)
@given(dealings)
def test_only_what_can_decide_is_asked_for(dealing):
    (verdict,) = judge(RULEBOOK, [dealing], {}, Options())
    for f in verdict.findings:
        asked = [node for node in nodes(f.reason) if node.if_true]
        assert all(node.truth is Truth.UNKNOWN and node.missing and node.if_false for node in asked)
        assert bool(asked) is (f.outcome is Outcome.UNDETERMINED)


def nodes(node):
    return [node, *(inner for part in node.parts for inner in nodes(part))]


@settings(deadline=None, max_examples=12)
@given(dealings)
def test_the_tree_is_true_where_the_measure_applies_and_names_what_is_missing(dealing):
    (verdict,) = judge(RULEBOOK, [dealing], {}, Options())
    for f in verdict.findings:
        if f.outcome is Outcome.UNDETERMINED:
            assert f.missing
            assert set(f.missing) <= set(missing(f.reason))


def missing(node):
    return [*node.missing, *(m for part in node.parts for m in missing(part))]


@settings(deadline=None, max_examples=12)
@given(dealings)
def test_a_measure_that_says_something_touches_the_activity(dealing):
    (verdict,) = judge(RULEBOOK, [dealing], {}, Options())
    assert all(standing.touches(f.measure, dealing.activity) for f in verdict.findings)


def test_a_measure_on_imports_alone_does_not_touch_hiring():
    m = next(m for m in RULEBOOK.measures if m.id == "unscr-2375-16")
    assert standing.touches(m, Activity.IMPORT)
    assert not standing.touches(m, Activity.HIRE)


ARGUMENTS = {
    "activity": {"any": ("export", "ship_to_ship")},
    "goods": {"any": ("coal",)},
    "words": {"fact": "route", "any": ("rajin",)},
    "mentions": {"fact": "goods", "any": ("crew",)},
    "one_of": {"fact": "currency", "any": ("rub",)},
    "before": {"fact": "contract_date", "day": "2017-09-11"},
    "until": {"fact": "day", "day": "2017-12-10"},
    "since": {"fact": "day", "day": "2017-12-10"},
    "claimed": {"any": ("notified",)},
    "country": {"fact": "flag", "any": ("us", "eu")},
    "party_country": {"any": ("us",)},
    "bound": {"any": ("us", "uk")},
    "value_above": {"limit": 5000, "currency": "usd"},
    "price_above": {"limit": 60, "currency": "usd", "per": "bbl"},
    "over_cap": {"cap": "refined-2397"},
    "cap_used_up": {"cap": "refined-2397"},
    "listed": {"authority": "un", "programs": ("DPRK",)},
    "open_question": {"asks": "whether it is so"},
}
SENTENCES = {
    "before": "the date of the contract lies before 2017-09-11",
    "until": "the date of the dealing lies on or before 2017-12-10",
    "goods": "the goods are in the scope: coal",
    "words": "the route holds one of these words: “rajin”",
    "price_above": "the price of one unit is above 60 USD per bbl",
    "listed": "a party of the dealing is listed by the UN, under DPRK, on the day",
    "open_question": "whether it is so",
    "to_target": "it goes to the DPRK",
    "origin_target": "the goods are of the DPRK's origin",
    "bound": "somebody is bound by the law of one of these: the United States or the United Kingdom",
}


@pytest.mark.parametrize("name", TESTS)
def test_every_test_reads_as_a_sentence_that_holds_its_arguments(name):
    args = ARGUMENTS.get(name, {})
    head, values = sentence(Condition("test", (), name, tuple(sorted(args.items()))), Lexicon("kp", TERMS))
    text = f"{head}: {values}" if values else head
    assert text == SENTENCES.get(name, text)
    assert not any(slot in text for slot in ("the target", "this day", "a limit", "A fact", "the authority", "`"))
    plain = text.lower().replace(" ", "_")
    for key, value in args.items():
        held = value if isinstance(value, tuple) else (value,)
        if key not in {"fact", "currency"} and name not in {"country", "party_country", "bound"}:
            assert all(str(v).lower().replace(" ", "_") in plain.replace(",", "") for v in held), text


def test_a_list_nobody_named_a_programme_of():
    head, _ = sentence(Condition("test", (), "listed", (("authority", "us"),)))
    assert head == "a party of the dealing is listed by the US on the day"


def test_without_terms_a_state_goes_by_its_code():
    head, _ = sentence(Condition("test", (), "to_target"), Lexicon("kp", Terms({}, {}, {})))
    assert head == "it goes to KP"


@given(st.lists(st.sampled_from("abc"), max_size=3))
def test_either(values):
    assert either(values).count(" or ") == (len(values) > 1)
