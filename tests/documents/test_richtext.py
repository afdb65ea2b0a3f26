"""Written text: what people type is what is kept, and every rendering of it is harmless."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from samrad.documents.richtext import (
    BlockKind,
    blocks_of,
    blocks_with_ids,
    from_html,
    html_of,
    plain_of,
    sanitised,
)

MINUTES = """Politiet orienterte om **tre** saker.
Rådet drøftet dem.

### Vedtak
- Kommunen følger opp _innen_ mai
  og melder tilbake
- Se https://example.org/a?b=1&c=2.

1. Først dette
2. Så dette

> Vi må snakke sammen
> oftere

[Avtalen](https://example.org/avtale) ligger hos post@example.org.
1. mai møtes vi igjen."""

NAUGHTY = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>",
    "javascript:alert(1)", "[x](javascript:alert(1))", "[x](data:text/html,<script>)",
    "[x](https://a\" onmouseover=\"alert(1))", "https://a.no/\"onclick=alert(1)",
    "**<b>**", "_<i>_",
    "&lt;script&gt;", "&#x3C;script&#x3E;", "<a href='jAvAsCrIpT:alert(1)'>x</a>", "</p></div>",
    "<!--", "]]>", "<![CDATA[", "{{ 7*7 }}", "{% include 'x' %}", "\u202etest\u202c", "\x00\x07",
    "﷽" * 20, "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮", "👩‍👩‍👧‍👦🏳️‍🌈", "田中さんにあげて下さい", "שלום", "ثم نفس سقطت", "\ud800",
    "<style>@import 'x'</style>", "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
    "> " * 50, "- " * 50, "*" * 99, "_" * 99, "#" * 99, "[[[[((((", "1. " * 40, "''\"\"", "%s%n%d",
]  # fmt: skip
marks = st.text(alphabet="ab _*->#[]()1234.\n\t<&\"'/:\u2022å", max_size=80)
written = st.one_of(st.text(max_size=200), marks, st.sampled_from(NAUGHTY))
pieces = st.lists(
    st.one_of(
        st.sampled_from([
            "- ", "1. ", "2. ", "### ", "> ", "**", "_", "[a](https://x.no)", "https://x.no/y.",
            "a@b.no", "\n", "\n\n", "  ", " ", "ord", "<p>", "</li>",
        ]),
        st.text(max_size=4),
    ),
    max_size=25,
).map("".join)  # fmt: skip


def test_minutes_as_they_are_typed_become_paragraphs_and_lists() -> None:
    kinds = [block.kind for block in blocks_of(MINUTES)]

    assert kinds == [
        BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.BULLETS, BlockKind.NUMBERS,
        BlockKind.QUOTATION, BlockKind.PARAGRAPH,
    ]  # fmt: skip
    html = html_of(MINUTES)
    assert "<p>Politiet orienterte om <strong>tre</strong> saker.<br>Rådet drøftet dem.</p>" in html
    assert "<li>Kommunen følger opp <em>innen</em> mai og melder tilbake</li>" in html
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer">' in html
    assert "<ol><li>Først dette</li><li>Så dette</li></ol>" in html
    assert '<a href="mailto:post@example.org"' in html
    assert "<br>1. mai møtes vi igjen.</p>" in html


@given(st.one_of(written, pieces))
def test_reading_what_was_written_gives_the_same_blocks(text: str) -> None:
    blocks = blocks_of(text)

    assert blocks_of(plain_of(blocks)) == blocks
    assert plain_of(blocks_of(plain_of(blocks))) == plain_of(blocks)


def as_parsed(html: str) -> str:
    """nh3 writes some characters another way; what they mean is the same."""
    for written_as, sign in (("&quot;", '"'), ("&#x27;", "'"), ("&nbsp;", "\u00a0")):
        html = html.replace(written_as, sign)
    return html


@given(st.one_of(written, pieces))
def test_rendered_text_holds_nothing_that_sanitising_would_remove(text: str) -> None:
    html = html_of(text)

    assert as_parsed(sanitised(html)) == as_parsed(html)


@given(st.one_of(written, pieces, st.lists(st.sampled_from(NAUGHTY), max_size=6).map("".join)))
def test_sanitising_twice_changes_nothing(html: str) -> None:
    html = re.sub("[\ud800-\udfff]", "", html)
    once = sanitised(html)

    assert sanitised(once) == once
    assert not re.search(r"<(?!/?(p|h3|ul|ol|li|strong|em|a|br|blockquote)\b)[a-z/!]", once)


@given(written)
def test_html_from_elsewhere_becomes_text_that_stays_the_same(html: str) -> None:
    text = from_html(re.sub("[\ud800-\udfff]", "", html))

    assert from_html(html_of(text)) == from_html(html_of(from_html(html_of(text))))
    assert plain_of(blocks_of(text)) == text


@pytest.mark.parametrize("text", [MINUTES, "a\n\n- b\n- c", "### x\n\n> y", ""])
def test_text_survives_the_way_through_html(text: str) -> None:
    assert blocks_of(from_html(html_of(text))) == blocks_of(text)


def test_html_of_a_word_processor_keeps_its_shape() -> None:
    html = (
        '<div class="x"><h3 style="color:red">Vedtak</h3><p>Vi <b>må</b> <strong>handle</strong>'
        ' nå, se <a href="https://example.org" onclick="x()">her</a>.</p>'
        "<ol><li>en<li>to</ol><script>alert(1)</script></div>"
    )

    assert from_html(html) == (
        "### Vedtak\n\nVi må **handle** nå, se [her](https://example.org).\n\n1. en\n2. to"
    )


def test_blocks_keep_their_ids_while_the_text_around_them_is_edited() -> None:
    first = blocks_with_ids("Innledning\n\nPolitiet følger opp saken\n\nSlutt")
    ids = [block.id for block in first]
    assert len(set(ids)) == 3

    second = blocks_with_ids(
        "Nytt avsnitt\n\nInnledning\n\nPolitiet følger opp saken i mai\n\nSlutt", first
    )
    assert [block.id for block in second][1:] == ids
    assert second[0].id not in ids
    third = blocks_with_ids("Noe helt annet\n\nSlutt", second)
    assert third[1].id == ids[2]
    assert third[0].id not in ids


def test_blocks_are_written_as_json() -> None:
    (block,) = blocks_with_ids("Se https://x.no nå")

    assert block.as_json() == {
        "id": block.id,
        "kind": "paragraph",
        "lines": [[
            {"kind": "text", "text": "Se "},
            {"kind": "link", "text": "https://x.no", "href": "https://x.no"},
            {"kind": "text", "text": " nå"},
        ]],
    }  # fmt: skip


def test_templates_show_written_text_and_nothing_for_none() -> None:
    page = Template("{% load documents %}{{ text|rich }}|{{ none|rich }}")

    assert page.render(Context({"text": "a < b", "none": None})) == "<p>a &lt; b</p>|"


@pytest.mark.parametrize("sign", ["*", "_", "[", "-", "(", "#", "1. ", "> "])
def test_reading_a_long_row_of_marks_takes_no_time(sign: str) -> None:
    assert blocks_of(sign * 30_000) is not None
