"""Names of any script read in Latin letters, and how Latin words sound."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seawall.match.scripts import Reading, family, fold, normalise, readings, skeleton, sounds
from seawall.tables.arabic import load_arabic
from seawall.tables.chinese import load_han
from seawall.tables.korean import load_korean
from seawall.tables.letters import load_letters

WORD = re.compile(r"[a-z0-9]+")
SCRIPTS = st.sampled_from(
    "aZ9 .-'&,/éßŁəЖщыъёіїўјαΜπάבןمحىةﷺ٣پگآ香金銀行朝鮮한ᄀ각アっーゃ々ไทयनમ\u200b\u202e\u0301\u0000\ufeffⅧ½🙂"
)
ANY = st.one_of(st.text(max_size=60), st.text(SCRIPTS, max_size=40))


def words(text: str, way: str) -> str:
    """The words of the reading of a text in one way; "" if it has none."""
    return next((" ".join(r.words) for r in readings(text) if r.way == way), "")


def shared(first: str, *others: str) -> frozenset[str]:
    return sounds(first).intersection(*map(sounds, others))


class TestLaws:
    @settings(deadline=None)  # the first example reads the tables
    @given(ANY)
    def test_words_are_plain_and_readings_few_and_distinct(self, text: str) -> None:
        found = readings(text)
        assert len(found) <= 4
        assert len({r.words for r in found}) == len(found)
        assert all(r.words and all(WORD.fullmatch(word) for word in r.words) for r in found)

    @settings(deadline=None)  # the first example reads the tables
    @given(ANY)
    def test_normalising_twice_is_normalising_once(self, text: str) -> None:
        assert normalise(normalise(text)) == normalise(text)

    @settings(deadline=None)  # the first example reads the tables
    @given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=30))
    def test_words_have_sounds(self, word: str) -> None:
        assert re.fullmatch(r"[a-z0-9]+", fold(word))
        assert re.fullmatch(r"[a-z0-9]*", skeleton(word))
        assert all(re.match("(ko|zh|ar):.", key) for key in sounds(word))
        assert len(sounds(word)) <= 36
        assert re.fullmatch(r"[a-z0-9]+", family(word))

    @settings(deadline=None)  # the first example reads the tables
    @given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
    def test_plain_text_is_read_as_if_it_were_not(self, text: str) -> None:
        assert normalise(text) == normalise(text + "\u2060")

    @settings(deadline=None)
    @given(st.text(st.characters(max_codepoint=0x17F) | st.sampled_from("əƏế–’Ữ&.' "), max_size=40))
    def test_latin_text_is_read_as_if_it_were_not(self, text: str) -> None:
        assert normalise(text) == normalise(text + "\u2060")

    @pytest.mark.parametrize("letter", ["a", "a ", "a.", "я", "金", "한", "م", "ー", "'", "e\u0301\u0316", "\u0316"])
    def test_a_long_text_is_cut(self, letter: str) -> None:
        for reading in readings(letter * 20_000):
            assert len(reading.words) <= 500
            assert all(len(word) <= 100 for word in reading.words)

    def test_halves_of_surrogate_pairs_are_no_letters(self) -> None:
        assert normalise("Kim\ud800 Jong") == "kim jong"


class TestLatin:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("O'Brien-Smith", "obrien smith"),
            ("A.B.C. Trading Co., Ltd.", "abc trading co ltd"),
            ("U.S. Steel", "us steel"),
            ("J. Smith", "j smith"),
            ("Sons & Daughters", "sons and daughters"),
            ("Müller Straße Łódź Đặng Ærø", "muller strasse lodz dang aero"),
            ("ʿAbd al-Raḥmān ‘Isa Sa’id Ra`d", "abd al rahman isa said rad"),
            ("Əliyev İlham", "aliyev ilham"),
            ("Ki\u200bm\u202e Jo\x00ng", "kim jong"),
            ("ＫＩＭ Ⅷ", "kim viii"),
            ("Chŏng Kyŏng-hŭi", "chong kyong hui"),
        ],
    )
    def test_words(self, text: str, expected: str) -> None:
        assert normalise(text) == expected

    def test_nothing_readable_gives_nothing(self) -> None:
        assert readings("") == readings(" .,-") == readings("\u200b🙂") == ()
        assert normalise("…") == ""

    def test_letters_that_look_alike_are_no_disguise(self) -> None:
        assert normalise("Рutin") == "putin"
        assert normalise("Пyтин") == "putin"


class TestCyrillicAndGreek:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Евгений Дмитриевич Щёлоков", "yevgeniy dmitriyevich shcholokov"),
            ("Володимир Зеленський", "volodymyr zelenskyy"),
            ("Їжак Григорій", "yizhak hryhoriy"),
            ("Димитър Щерев", "dimitar shterev"),
            ("Съёмка Объект", "syomka obyekt"),
            ("Љубиша Ђорђевић Хаџић", "ljubisa djordjevic hadzic"),
            ("Қасым Өтеген", "qasym otegen"),
            ("Γεώργιος Παπαδόπουλος", "georgios papadopoulos"),
            ("Ευάγγελος Μπάμπης Ντίνος", "evangelos bampis dinos"),
        ],
    )
    def test_words(self, text: str, expected: str) -> None:
        assert normalise(text) == expected

    @pytest.mark.parametrize(
        "group",
        [
            "yuriy yuri yury iurii jurij",
            "yuliya yulia julia iuliia",
            "dmitriy dmitry dmitri dmitrii dmitrij",
            "sergey sergei sergej",
            "nikolay nikolai nikolaj",
            "yevgeniy evgeny evgenii jevgenij",
            "khabarovsk habarovsk xabarovsk",
            "zhukov jukov",
            "tsarev carev tzarev",
            "aleksandr alexander aleksander",
            "shcherbakov scherbakov",
            "solovyev solovyov soloviev solovev",
            "fyodor fedor",
            "pyotr petr",
            "tatyana tatiana tatjana",
            "andreyevich andreevich andrejevich",
            "ivanov iwanow ivanoff",
            "mariya maria marija mariia",
            "ksenia xenia",
            "dostoevsky dostoyevskiy dostoevskij",
            "yakovlev iakovlev jakovlev",
            "kovalchuk kovaltchuk",
            "hussein husayn hussain",
            "abdullah abdulla",
            "walid oualid",
        ],
    )
    def test_spellings_of_one_name_sound_alike(self, group: str) -> None:
        assert len({fold(word) for word in group.split()}) == 1

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("jong", "yong"),
            ("jamal", "yamal"),
            ("ivanov", "ivankov"),
            ("pak", "bak"),
            ("tan", "dan"),
            ("lin", "rin"),
            ("jeremy", "eremy"),
            ("chang", "shang"),
            ("gan", "kan"),
            ("jaime", "jimmy"),
            ("kyle", "kaylee"),
        ],
    )
    def test_other_names_sound_otherwise(self, one: str, other: str) -> None:
        assert fold(one) != fold(other)

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("ivanova", "ivanov"),
            ("ivanovu", "ivanov"),
            ("ivanovym", "ivanov"),
            ("ivanov", "ivanov"),
            ("ivanoff", "ivanov"),
            ("dostoevskaya", "dostoevski"),
            ("dostoevskoy", "dostoevski"),
            ("dostoevskiy", "dostoevski"),
            ("putina", "putin"),
            ("kim", "kim"),
            ("eva", "eva"),
        ],
    )
    def test_family(self, word: str, expected: str) -> None:
        assert family(word) == expected


class TestKorean:
    @pytest.mark.parametrize(
        "group",
        [
            "ri lee yi rhee li",
            "pak park bak",
            "choe choi",
            "jong jung",
            "jong chong jeong",
            "jung chung",
            "un eun",
            "kim gim",
            "kang gang",
            "ryu yu yoo",
            "ro no roh",
            "rim im lim yim",
            "paek baek paik",
            "hyok hyeok hyuk",
            "yong yeong young",
            "sok seok suk",
            "chol cheol chul",
            "kwang gwang",
            "song seong sung",
            "jo cho",
            "jang chang",
            "jongun jeongeun jungeun chongun",
            "kwangsu gwangsoo",
            "yonghi younghee yeonghui",
        ],
    )
    def test_spellings_share_a_syllable(self, group: str) -> None:
        assert any(key.startswith("ko:") for key in shared(*group.split()))

    @pytest.mark.parametrize(("one", "other"), [("kim", "pak"), ("chol", "chang"), ("jongun", "jongil"), ("ri", "ro")])
    def test_other_names_share_none(self, one: str, other: str) -> None:
        assert not {key for key in shared(one, other) if key.startswith("ko:")}

    @pytest.mark.parametrize("word", ["smith", "schwarz", "vladimir", "abdulrahman"])
    def test_words_that_cannot_be_korean_have_no_key(self, word: str) -> None:
        assert not [key for key in sounds(word) if key.startswith("ko:")]

    def test_hangul_with_and_without_spaces(self) -> None:
        assert readings("김정은") == readings("김 정은") == (Reading(("kim", "jong", "un"), "hangul"),)
        assert normalise("최룡해") == "choe ryong hae"
        assert normalise("리설주") == "ri sol ju"

    def test_a_syllable_in_any_standard_is_a_key_of_it(self) -> None:
        for spelling in ("jong", "jeong", "chong", "chung", "jung"):
            assert "ko:정" in sounds(spelling)

    def test_company_words_are_read_by_their_meaning_too(self) -> None:
        assert words("조선무역은행", "translated") == "korea trading bank"


class TestHanAndKana:
    def test_a_name_has_its_readings(self) -> None:
        assert [(r.way, " ".join(r.words)) for r in readings("金正恩")] == [
            ("pinyin", "jin zheng en"),
            ("sino-korean", "kim jong un"),
            ("jyutping", "kam ching yan"),
        ]

    @pytest.mark.parametrize(
        ("text", "way", "expected"),
        [
            ("陳大文", "jyutping", "chan tai man"),
            ("中國銀行", "pinyin", "zhong guo yin hang"),
            ("曾慶紅", "pinyin", "zeng qing hong"),
            ("重庆", "pinyin", "chong qing"),
            ("朴永植", "sino-korean", "pak yong sik"),
            ("李雪主", "sino-korean", "ri sol ju"),
            ("香港恒基船務有限公司", "translated", "hong kong heng ji shipping ltd"),
            ("弗拉基米尔·普京", "pinyin", "fu la ji mi er pu jing"),
            ("トヨタ株式会社", "translated", "toyota co ltd"),
            ("シャープ キャノン さとう チェ はっちょう ファン", "kana", "shapu kyanon sato che hatcho fan"),
        ],
    )
    def test_words(self, text: str, way: str, expected: str) -> None:
        assert words(text, way) == expected

    @pytest.mark.parametrize(
        "group",
        [
            "chang zhang",
            "hsiao xiao",
            "tsetung zedong",
            "tse ze",
            "tung dong",
            "tsai cai",
            "chiang jiang",
            "kuo guo",
            "hsu xu",
            "szu si",
            "jen ren",
            "chiapao jiabao",
            "lee li",
        ],
    )
    def test_wade_giles_shares_a_syllable_with_pinyin(self, group: str) -> None:
        assert any(key.startswith("zh:") for key in shared(*group.split()))

    def test_other_syllables_share_none(self) -> None:
        assert not {key for key in shared("zhang", "wang") | shared("xiao", "zhao") if key.startswith("zh:")}


class TestArabic:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("محمد عبد الرحمن", "muhammad abd al rahman"),
            ("عبدالرحمن الخالد", "abd al rahman al khalid"),
            ("أسامة بن محمد", "usama bin muhammad"),
            ("آغا گل اخوند", "agha gul akhund"),
            ("ابو بكر البغدادي", "abu bakr al baghdadi"),
            ("نورالدین", "nur al din"),
            ("حسین رضا", "hossein reza"),
            ("فاطمة السيد", "fatima al sayyid"),
            ("عبيد الله", "ubayd allah"),
            ("خيرالله محمد حسن", "khayrullah muhammad hasan"),
        ],
    )
    def test_known_names_have_vowels(self, text: str, expected: str) -> None:
        first = readings(text)[0]
        assert (first.way, first.vowels, " ".join(first.words)) == ("arabic", True, expected)

    @pytest.mark.parametrize("text", ["ﻣﺤﻤﺪ", "مُحَمَّد", "محـــمد", "مح\u200bمد", "محمد"])
    def test_one_name_however_it_is_typed(self, text: str) -> None:
        assert [r.words for r in readings(text)] == [("muhammad",), ("mhmd",)]

    def test_persian_and_arabic_letters_are_one(self) -> None:
        assert words("علی کریمی", "consonants") == words("علي كريمي", "consonants")

    def test_unknown_names_have_only_consonants(self) -> None:
        (only,) = readings("قرطبوني زخرفيل")
        assert (only.way, only.vowels) == ("consonants", False)

    @pytest.mark.parametrize(
        ("written", "latin"),
        [
            ("محمد", "Mohammed"),
            ("حسين", "Hussein"),
            ("يوسف", "Youssef"),
            ("موسى", "Moussa"),
            ("وليد", "Walid"),
            ("داوود", "Daoud"),
            ("عوض", "Awad"),
            ("عولقي", "Aulaqi"),
            ("قذافي", "Gaddafi"),
            ("صحراوي", "Sahrawi"),
            ("فاطمة", "Fatima"),
            ("خالد", "Khaled"),
            ("شريف", "Cherif"),
            ("ياسر", "Yasser"),
            ("بن لادن", "Bin Laden"),
        ],
    )
    def test_skeletons_meet_latin_spellings(self, written: str, latin: str) -> None:
        theirs = [skeleton(word) for word in words(written, "consonants").split()]
        assert theirs == [skeleton(word) for word in normalise(latin).split()]

    @pytest.mark.parametrize(
        "group",
        [
            "muhammad mohammed mohamed muhammed mohamad mohammad mohd",
            "abdul abdel abd",
            "husayn hussein hussain hossein",
            "usama osama oussama",
            "qadhafi gaddafi kadafi qaddafi",
            "yusuf youssef yousef",
            "khalid khaled",
            "reza rida raza",
            "mahmoud mahmud mehmood",
            "abdulrahman abdurrahman abderrahmane abdelrahman",
            "nuruddin nooruddin noureddine",
            "habibullah habiballah",
            "ibrahim ebrahim",
            "shaykh sheikh cheikh",
            "rashid rachid",
            "jamal gamal djamel",
        ],
    )
    def test_spellings_share_a_name(self, group: str) -> None:
        assert any(key.startswith("ar:") for key in shared(*group.split()))

    @pytest.mark.parametrize(
        ("one", "other"),
        [("hamid", "hamad"), ("khalid", "khalil"), ("salim", "salman"), ("amin", "yamin"), ("nasir", "nazir")],
    )
    def test_other_names_share_none(self, one: str, other: str) -> None:
        assert not shared(one, other)

    @pytest.mark.parametrize("word", ["james", "ivanov", "kim", "schneider", "garcia"])
    def test_other_words_have_no_key(self, word: str) -> None:
        assert not [key for key in sounds(word) if key.startswith("ar:")]

    def test_common_names_do_not_collapse(self) -> None:
        names = [
            "محمد",
            "احمد",
            "محمود",
            "حسن",
            "حسين",
            "علي",
            "عمر",
            "خالد",
            "صالح",
            "كريم",
            "رضا",
            "مراد",
            "فاطمة",
            "زينب",
        ]
        bones = [skeleton(readings(name)[-1].words[0]) for name in names]
        alike = {"mhmd", "hsn"}  # Muhammad and Mahmud, Hasan and Husayn: one set of consonants each
        assert len(set(bones)) == len(names) - len(alike)


class TestOtherScripts:
    def test_hebrew_leaves_vowels_out(self) -> None:
        (only,) = readings("בנימין נתניהו")
        assert (only.way, only.vowels) == ("consonants", False)
        assert [skeleton(w) for w in only.words] == [skeleton("binyamin"), skeleton("netanyahu")]

    @pytest.mark.parametrize(
        ("text", "way", "expected"),
        [("Սարգսյան", "armenian", "sargsyan"), ("ჯუღაშვილი", "georgian", "jughashvili"), ("ศุภ", "thai", "suph")],
    )
    def test_the_rest(self, text: str, way: str, expected: str) -> None:
        assert words(text, way) == expected

    def test_a_text_of_two_scripts_has_the_words_of_both(self) -> None:
        assert words("ZHANG Wei 张伟", "pinyin") == "zhang wei zhang wei"
        assert normalise("ООО Roga i Kopyta") == "ooo roga i kopyta"


class TestTables:
    def test_every_character_has_three_readings_of_the_right_alphabet(self) -> None:
        rows = load_han()
        assert len(rows) > 20_000
        for pinyin, hangul, jyutping in rows.values():
            assert re.fullmatch("[a-z]+", pinyin)
            assert re.fullmatch("[가-힣]", hangul)
            assert re.fullmatch("[a-z]*", jyutping)

    def test_latin_spellings_are_plain(self) -> None:
        letters, korean, arabic = load_letters(), load_korean(), load_arabic()
        tables = (letters.cyrillic, letters.greek, letters.hebrew, letters.lookalikes, arabic.letters, arabic.persian)
        spelt = [latin for table in tables for latin in table.values()]
        spelt += [
            latin for group in (korean.syllables, arabic.spellings, arabic.names) for s in group.values() for latin in s
        ]
        assert all(isinstance(latin, str) and re.fullmatch("[a-zë]*", latin) for latin in spelt)
